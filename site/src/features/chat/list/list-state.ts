// The list of conversations as one tab knows it: pages of the platform's, and what the open conversation tells of itself.
import type { Conversation } from '#shared/contracts/conversation'
import type { ConversationPage } from '../chat-api.ts'

export interface ListState {
  rows: readonly Conversation[]
  cursor: string | null
  /** Deleted here, but not yet there: it can still be undone. */
  hidden: ReadonlySet<string>
}

export const emptyList: ListState = { rows: [], cursor: null, hidden: new Set() }

const newestFirst = (a: Conversation, b: Conversation): number => b.updated_at - a.updated_at || (a.id < b.id ? 1 : -1)

/** Each conversation once, as its newest description has it. */
function merge(rows: readonly Conversation[]): Conversation[] {
  const byId = new Map<string, Conversation>()
  for (const row of rows) {
    const known = byId.get(row.id)
    if (!known || row.updated_at >= known.updated_at) byId.set(row.id, row)
  }
  return [...byId.values()].sort(newestFirst)
}

export const withFirstPage = (state: ListState, page: ConversationPage): ListState => ({
  ...state,
  rows: merge(page.data),
  cursor: page.next_cursor,
})

export const withNextPage = (state: ListState, page: ConversationPage): ListState => ({
  ...state,
  rows: merge([...page.data, ...state.rows]),
  cursor: page.next_cursor,
})

/** The first page again, without losing what was loaded below it. */
export function withRefreshedPage(state: ListState, page: ConversationPage): ListState {
  const oldest = page.data.at(-1)
  if (!oldest || page.next_cursor === null) return withFirstPage(state, page)
  const fresh = new Set(page.data.map((row) => row.id))
  const below = state.rows.filter((row) => !fresh.has(row.id) && row.updated_at <= oldest.updated_at)
  return { ...state, rows: merge([...page.data, ...below]), cursor: below.length > 0 ? state.cursor : page.next_cursor }
}

export const withConversation = (state: ListState, row: Conversation): ListState => ({
  ...state,
  rows: merge([...state.rows, row]),
})

export const withoutConversation = (state: ListState, id: string): ListState => ({
  ...state,
  rows: state.rows.filter((row) => row.id !== id),
  hidden: without(state.hidden, id),
})

export const hideConversation = (state: ListState, id: string): ListState => ({
  ...state,
  hidden: new Set([...state.hidden, id]),
})
export const unhideConversation = (state: ListState, id: string): ListState => ({
  ...state,
  hidden: without(state.hidden, id),
})

const without = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> =>
  new Set([...ids].filter((own) => own !== id))
