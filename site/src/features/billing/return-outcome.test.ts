import type { Invoice } from '#shared/contracts/billing'
import { expect, test } from 'vitest'
import { returnedOf, sessionIn } from './return-outcome.ts'

const NOW = Date.UTC(2026, 10, 22)
const invoice = { id: 'in_1', purpose: 'credit_pack', created_at: NOW - 60_000 } as Invoice
const bought = { status: 'complete', paid: true, purpose: 'credit_pack' } as const

test('only Stripe’s own name of a page is asked about', () => {
  expect(sessionIn('?back=%2Fen%2Fchat&session_id=cs_test_a1')).toBe('cs_test_a1')
  expect(sessionIn('?session_id=%7BCHECKOUT_SESSION_ID%7D')).toBeNull()
  expect(sessionIn('?checkout=canceled')).toBeNull()
})

test('what was paid just now is shown with its invoice', () => {
  expect(returnedOf(bought, invoice, NOW)).toEqual({ kind: 'done', purpose: 'credit_pack', invoice })
})

test('an invoice of another purchase is not taken for this one', () => {
  const old = { ...invoice, created_at: NOW - 86_400_000 }
  const other = { ...invoice, purpose: 'subscription' } as Invoice
  for (const wrong of [old, other, null])
    expect(returnedOf(bought, wrong, NOW)).toEqual({ kind: 'done', purpose: 'credit_pack', invoice: null })
})

test('nobody is told that they paid before they did', () => {
  expect(returnedOf({ ...bought, status: 'open', paid: false }, invoice, NOW).kind).toBe('open')
  expect(returnedOf({ ...bought, paid: false }, invoice, NOW).kind).toBe('pending')
  expect(returnedOf({ ...bought, status: 'expired', paid: false }, invoice, NOW).kind).toBe('cancelled')
})
