import { expect, test } from 'vitest'
import { invoiceState } from './invoice-status.ts'

const state = (status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void', refunded_minor = 0) =>
  invoiceState({ status, refunded_minor, paid_minor: 2_000 }).key

test('what was given back is told from what was paid', () => {
  expect([state('paid'), state('paid', 500), state('paid', 2_000)]).toEqual([
    'billing.invoice-paid',
    'billing.invoice-partly-refunded',
    'billing.invoice-refunded',
  ])
})

test('every status of an invoice has its own word', () => {
  const words = (['draft', 'open', 'paid', 'uncollectible', 'void'] as const).map((status) => state(status))
  expect(new Set(words).size).toBe(5)
})
