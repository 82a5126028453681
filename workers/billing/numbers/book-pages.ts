// The book's entries of a stretch of time, page by page in the order of their times: however many there are, one page
// of them is in memory.
import type { PublishedEntry } from '#shared/contracts/ledger'

export interface PageInput {
  organizationId: string
  userId?: string | undefined
  from: number
  to: number
  /** The last entry of the page before. */
  after: { at: number; sequence: number } | null
  limit: number
}

type StoredEntry = Omit<PublishedEntry, 'usage' | 'price' | 'estimated'> & {
  usage: string | null
  price: string | null
  estimated: number
}

const fromJson = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T))

const toEntry = (row: StoredEntry): PublishedEntry => ({
  ...row,
  usage: fromJson(row.usage),
  price: fromJson(row.price),
  estimated: row.estimated === 1,
})

export type BookPages = (input: PageInput) => Promise<PublishedEntry[]>

export const createBookPages =
  (database: D1Database): BookPages =>
  async ({ organizationId, userId, from, to, after, limit }) => {
    const mine = userId === undefined ? '' : 'AND user_id = ?'
    const { results } = await database
      .prepare(
        `SELECT id, organization_id AS organizationId, sequence, at, kind, amount_micros AS amountMicros,
          request_id AS requestId, service, model, provider, key_id AS keyId, user_id AS userId, usage, price, estimated,
          note, cost_micros AS costMicros, plan_id AS planId
        FROM ledger_entries
        WHERE organization_id = ? AND at >= ? AND at < ? AND (at > ? OR sequence > ?) ${mine}
        ORDER BY at, sequence LIMIT ?`,
      )
      .bind(
        organizationId,
        after?.at ?? from,
        to,
        after?.at ?? from - 1,
        after?.sequence ?? 0,
        ...(userId === undefined ? [] : [userId]),
        limit,
      )
      .all<StoredEntry>()
    return results.map(toEntry)
  }
