import type { InputItemsQuery, ResponseItemList } from '#shared/contracts/responses'
import type { z } from 'zod'
import { SEALS, withoutSeal } from '../dialects/openai-responses/seals.ts'
import type { StoredResponse } from './stored-responses.ts'
import { invalidRequest } from '#shared/http/problems'

/** What the model was given, the conversation before it included: newest first unless said otherwise. */
export function listInputItems(
  input: StoredResponse['input'],
  { limit, order, after, include }: z.infer<typeof InputItemsQuery> & { include: string[] },
): ResponseItemList {
  const ordered = order === 'asc' ? input : input.toReversed()
  const before = after === undefined ? -1 : ordered.findIndex(({ id }) => id === after)
  if (after !== undefined && before < 0) throw invalidRequest('There is no item of this id in this response.', 'after')
  const page = ordered.slice(before + 1, before + 1 + limit)
  const data = include.includes(SEALS) ? page : page.map(withoutSeal)
  return {
    object: 'list',
    data: data as ResponseItemList['data'],
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
    has_more: before + 1 + limit < ordered.length,
  }
}
