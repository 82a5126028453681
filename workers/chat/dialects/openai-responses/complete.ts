// Makes a request whole: what it goes on from is put before its input, what it only names is looked up. Nothing of a
// conversation is kept at the vendor, so the next answer may come from another one.
import type { ResponseItem, ResponsesRequest } from '#shared/contracts/responses'
import { invalidRequest, Problem } from '#shared/http/problems'
import type { StoredResponse } from '../../responses/stored-responses.ts'
import type { DialectContext } from '../dialect.ts'
import { isReference, toItems } from './items.ts'
import { truncateItems } from './truncate.ts'

type Asking = Pick<DialectContext, 'organizationId' | 'responses' | 'models' | 'clock'>

/** Every answer holds its whole conversation, so the newest nearly always has all that is named. */
const MAX_READS = 10
/** Names that one request may have looked up. */
const MAX_NAMED = 500

const gone = (what: string, param: string) =>
  new Problem('not_found', `There is no ${what} here. It was not kept, has expired, or was deleted.`, { param })

const itemsIn = ({ input, response }: StoredResponse): ResponseItem[] => [...input, ...response.output]

async function findHistory(id: string, { organizationId, responses, clock }: Asking): Promise<ResponseItem[]> {
  const stored = await responses.find({ organizationId, id, now: clock() })
  if (!stored) throw gone(`response “${id}”`, 'previous_response_id')
  return itemsIn(stored)
}

/** Reasoning that came back without its seal, from a caller who counts on its being kept. */
const isBareReasoning = (item: ResponseItem): item is ResponseItem & { id: string } =>
  item.type === 'reasoning' && !!item.id && !item.encrypted_content

async function lookUp(
  ids: string[],
  known: Map<string, ResponseItem>,
  { organizationId, responses, clock }: Asking,
): Promise<void> {
  const missing = () => ids.filter((id) => !known.has(id))
  if (missing().length === 0) return
  const answers = await responses.locate({ organizationId, itemIds: missing(), now: clock() })
  for (const id of answers.slice(0, MAX_READS)) {
    const stored = await responses.find({ organizationId, id, now: clock() })
    for (const item of stored ? itemsIn(stored) : []) if (item.id && !known.has(item.id)) known.set(item.id, item)
    if (missing().length === 0) return
  }
}

export async function complete(body: ResponsesRequest, ctx: Asking): Promise<ResponsesRequest> {
  const asked = toItems(body.input)
  const history = body.previous_response_id ? await findHistory(body.previous_response_id, ctx) : []
  const named = asked.flatMap((item) => (isReference(item) || isBareReasoning(item) ? [item.id] : []))
  if (named.length > MAX_NAMED) throw invalidRequest(`At most ${MAX_NAMED} items can be named by their ids.`, 'input')
  const known = new Map(history.flatMap((item) => (item.id ? [[item.id, item] as const] : [])))
  if (named.length > 0) await lookUp(named, known, ctx)
  const items = asked.map((item, at): ResponseItem => {
    if (!isReference(item)) return isBareReasoning(item) ? (known.get(item.id) ?? item) : item
    const found = known.get(item.id)
    if (!found) throw gone(`item “${item.id}”`, `input[${at}].id`)
    return found
  })
  const whole = { ...body, input: [...history, ...items] }
  return body.truncation === 'auto' ? truncateItems(whole, ctx.models) : whole
}
