// OpenAI's own response, where it is ours to say what it is: it is kept here and not there, under our id. Words pass
// untouched; only the few events that speak of the response as a whole, or hold a seal, are written anew.
import type { ResponsesRequest } from '#shared/contracts/responses'
import type { Problem } from '#shared/http/problems'
import type { AnswerIdentity } from '../answer-identity.ts'
import type { KeepAnswer, RelayEditor } from '../dialect.ts'
import { isRecord, listOf, parseRecord, textOf } from '../loose.ts'
import { namedEvent, toBytes } from '../server-sent-events.ts'
import { createEventLog, errorFields } from './event-log.ts'
import { failResponse, ourFields } from './response-object.ts'
import { SEALS, withoutSeal } from './seals.ts'

type Told = Record<string, unknown>

const TOUCHED = /"response"\s*:\s*\{|"encrypted_content"/
const EVENT_END = /\r?\n\r?\n/
const WHOLE = new Set(['response.completed', 'response.incomplete'])
const NUMBER = /"sequence_number"\s*:\s*(\d+)/g

const decoder = new TextDecoder()

function dataOf(event: string): Told | null {
  const lines = event.split('\n').filter((line) => line.startsWith('data:'))
  return parseRecord(lines.map((line) => line.slice(5).trimStart()).join('\n'))
}

export function createRelayEditor(
  identity: AnswerIdentity,
  body: ResponsesRequest,
  keep: KeepAnswer | null,
): RelayEditor {
  const sealed = body.include?.includes(SEALS) === true
  let begun: Told = { id: identity.id, object: 'response', output: [] }
  /** The vendor's last word, held back until it is kept, and what came after it. */
  let last: { event: Told; after: string } | null = null
  let latest = ''

  const ours = (response: Told, stored = keep !== null): Told => ({ ...response, ...ourFields(body, identity, stored) })
  const shown = (response: Told): Told =>
    sealed ? response : { ...response, output: listOf(response['output']).map(withoutSeal) }

  async function kept(response: Told): Promise<Told> {
    const whole = ours(response)
    const store = keep ? await keep(whole) : false
    return shown({ ...whole, store })
  }

  function edit(raw: string): string {
    const event = TOUCHED.test(raw) ? dataOf(raw) : null
    if (!event) return `${raw}\n\n`
    const type = textOf(event['type'])
    if (isRecord(event['response'])) {
      if (WHOLE.has(type)) {
        last = { event, after: '' }
        return ''
      }
      begun = ours(event['response'], type !== 'response.failed' && keep !== null)
      return namedEvent(type, { ...event, response: shown(begun) })
    }
    if (sealed || !isRecord(event['item'])) return `${raw}\n\n`
    return namedEvent(type, { ...event, item: withoutSeal(event['item']) })
  }

  return {
    pass(events) {
      const text = decoder.decode(events)
      latest = text
      if (!last && !TOUCHED.test(text)) return events
      let told = ''
      for (const raw of text.split(EVENT_END)) {
        if (raw === '') continue
        if (last) last.after += `${raw}\n\n`
        else told += edit(raw)
      }
      return toBytes(told)
    },
    async end() {
      if (!last) return null
      const { event, after } = last
      const response = await kept(event['response'] as Told)
      return toBytes(namedEvent(textOf(event['type']), { ...event, response }) + after)
    },
    fail(problem: Problem) {
      const numbers = [...latest.matchAll(NUMBER)]
      const { emit } = createEventLog(Number(numbers.at(-1)?.[1] ?? -1) + 1)
      const response = { ...shown(failResponse(begun, problem)), store: false }
      return toBytes(emit('response.failed', { response }) + emit('error', errorFields(problem)))
    },
    whole: (answer) => kept(answer),
  }
}
