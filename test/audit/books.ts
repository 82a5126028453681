// What the platform says afterwards: each tenant's ledger by its API, and the book by looking into the database itself.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Person } from '../support/person.ts'

export interface Entry {
  id: string
  at: number
  kind: string
  amount_micros: number
  request_id: string | null
  model: string | null
  key_id: string | null
  user_id: string | null
  usage: Record<string, number> | null
  price: Record<string, number> | null
  estimated: boolean
}

export interface Balance {
  balance_micros: number
  held_micros: number
  available_micros: number
}

export const balanceOf = (person: Person): Promise<Balance> => person.json('/api/usage/balance')

/** Oldest first. */
export async function entriesOf(person: Person): Promise<Entry[]> {
  const entries: Entry[] = []
  let cursor: string | null = null
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const page: { data: Entry[]; next_cursor: string | null } = await person.json(
      `/api/usage/entries?limit=200${query}`,
    )
    entries.push(...page.data)
    cursor = page.next_cursor
  } while (cursor !== null)
  return entries.toReversed()
}

export interface BookRow {
  id: string
  sequence: number
  amount_micros: number
  request_id: string | null
  key_id: string | null
  estimated: number
}

/** The rows of an organization in the book, in their order. */
export function bookOf(dataDir: string, organizationId: string): BookRow[] {
  const folder = join(dataDir, 'state/v3/d1/miniflare-D1DatabaseObject')
  const file = readdirSync(folder).find((name) => name.endsWith('.sqlite') && name !== 'metadata.sqlite')
  if (!file) throw new Error('the platform has no database')
  const database = new DatabaseSync(join(folder, file), { readOnly: true })
  try {
    return database
      .prepare(
        `SELECT id, sequence, amount_micros, request_id, key_id, estimated FROM ledger_entries
         WHERE organization_id = ? ORDER BY sequence`,
      )
      .all(organizationId) as unknown as BookRow[]
  } finally {
    database.close()
  }
}

export interface AccountLimits {
  account: string
  budget_micros: number | null
  spent_micros: number | null
  held_micros: number | null
}

export const limitsOf = async (person: Person): Promise<AccountLimits[]> =>
  (await person.json<{ data: AccountLimits[] }>('/api/organizations/current/limits')).data

export interface KeyState {
  id: string
  budget_micros: number | null
  spent_micros: number
}

export const keysOf = async (person: Person): Promise<KeyState[]> =>
  (await person.json<{ data: KeyState[] }>('/api/keys?limit=100')).data
