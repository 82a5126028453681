import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#db/testing'
import { wordsOfError } from './words-of-error.ts'

test('an error says its name and its words', () => {
  expect(wordsOfError(new TypeError('no such thing'))).toBe('TypeError: no such thing')
  expect(wordsOfError('gone')).toBe('gone')
})

test('a query that fails does not say what it was asked with', async () => {
  const query = drizzle(createTestDatabase()).run(sql`insert into nowhere values (${'a secret'})`)
  const error = await query.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(wordsOfError(error)).toMatch(/^Failed query: .*nowhere/)
  expect(wordsOfError(error)).not.toContain('a secret')
  expect(wordsOfError(new Error('Failed query: select\nparams: a secret'))).toBe('Failed query: no cause is known')
})
