import type { AutoTopUp } from '#shared/contracts/billing'
import type { CreditPack } from '#shared/contracts/plans'
import { expect, test } from 'vitest'
import { autoTopUpDraftOf, readAutoTopUpDraft } from './auto-top-up-draft.ts'
import { readMinor } from './read-minor.ts'

const pack = {
  id: 'ten',
  version: 1,
  position: 0,
  available: true,
  body: {
    name: { en: 'Ten', ar: 'عشرة' },
    credit_micros: 10_000_000,
    prices: [
      { currency: 'usd', amount_minor: 1_000 },
      { currency: 'kwd', amount_minor: 3_070 },
    ],
    expires_after_days: 365,
  },
} satisfies CreditPack
const on: AutoTopUp = {
  enabled: true,
  threshold_micros: 2_500_000,
  credit_pack_id: 'ten',
  currency: 'usd',
  monthly_maximum_minor: 5_000,
}
const read = (part: object) => readAutoTopUpDraft({ ...autoTopUpDraftOf(on, [pack]), ...part }, [pack])

test('what is set can be sent back unchanged', () => {
  expect(read({})).toEqual({ ok: true, body: on })
})

test('amounts are read in either script, each in its own unit', () => {
  const reading = read({ threshold: '٣٫٥', maximum: '٤٠٫٥٠٠', currency: 'kwd' })
  expect(reading.ok && [reading.body.threshold_micros, reading.body.monthly_maximum_minor]).toEqual([3_500_000, 40_500])
})

test('a maximum that never buys a pack is told before it is saved', () => {
  expect(read({ maximum: '9.99' })).toEqual({ ok: false, faults: { maximum: 'below-pack' } })
  expect(read({ maximum: '9.99', enabled: false }).ok).toBe(true)
})

test('a pack that is not sold in this currency cannot be bought by itself', () => {
  expect(read({ currency: 'jpy', maximum: '5000' })).toEqual({ ok: false, faults: { packId: 'pack-missing' } })
})

test('half a cent and half a yen are no money', () => {
  expect(readMinor('1.005', 'usd')).toEqual({ ok: false, fault: 'amount-fraction' })
  expect(readMinor('1.5', 'jpy')).toEqual({ ok: false, fault: 'amount-fraction' })
  expect(readMinor('1.005', 'kwd')).toEqual({ ok: true, minor: 1_005 })
  expect(readMinor('1000000', 'usd')).toEqual({ ok: false, fault: 'amount-too-large' })
})
