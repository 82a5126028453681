import { count, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { expect, test } from 'vitest'
import { ledgerEntries } from './schema/billing.ts'
import { createTestDatabase } from './testing.ts'

const row = {
  id: 'ent_1',
  organizationId: 'org_1',
  sequence: 1,
  at: 5,
  kind: 'grant',
  amountMicros: 7,
  estimated: false,
  usage: { input_tokens: 3 },
} as const

test('the database of tests has run the real migrations and speaks with Drizzle', async () => {
  const database = drizzle(createTestDatabase())
  await database.insert(ledgerEntries).values(row)
  expect(await database.select().from(ledgerEntries).where(eq(ledgerEntries.id, 'ent_1'))).toEqual([
    {
      ...row,
      requestId: null,
      service: null,
      model: null,
      provider: null,
      keyId: null,
      userId: null,
      price: null,
      note: null,
      costMicros: null,
      planId: null,
    },
  ])
})

test('a batch is all or nothing', async () => {
  const database = drizzle(createTestDatabase())
  const insert = () => database.insert(ledgerEntries).values(row)
  await expect(database.batch([insert(), insert()])).rejects.toThrow()
  expect(await database.select({ rows: count() }).from(ledgerEntries)).toEqual([{ rows: 0 }])
})

test('what D1 refuses is refused here as well', async () => {
  const database = createTestDatabase()
  expect(() => database.prepare('SELECT ?').bind(undefined)).toThrow('D1_TYPE_ERROR')
  const many = Array.from({ length: 101 }, (_, at) => at)
  expect(() => database.prepare(`SELECT ${many.map(() => '?').join()}`).bind(...many)).toThrow('too many SQL variables')
  await expect(
    database
      .prepare(
        'INSERT INTO sessions (id, token, user_id, expires_at, created_at, updated_at) VALUES (1, 2, 3, 4, 5, 6)',
      )
      .run(),
  ).rejects.toThrow('FOREIGN KEY')
})

test('a row, a column and what changed can be asked for', async () => {
  const database = createTestDatabase()
  expect(await database.prepare('SELECT 1 AS one').first()).toEqual({ one: 1 })
  expect(await database.prepare('SELECT 1 AS one').first('one')).toBe(1)
  expect(await database.prepare('SELECT 1 AS one WHERE 0').first()).toBeNull()
  expect(await database.prepare('SELECT 1, 2').raw()).toEqual([[1, 2]])
  expect((await database.prepare('DELETE FROM ledger_entries').run()).meta.changes).toBe(0)
})
