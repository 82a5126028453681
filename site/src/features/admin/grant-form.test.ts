import { expect, test } from 'vitest'
import { newGrant, readGrant } from './grant-form.ts'

test('every try of one dialog carries the same id, and the next dialog another', () => {
  let count = 0
  const randomId = () => `${++count}`
  const draft = newGrant(randomId)
  const first = readGrant({ ...draft, amount: '5' })
  const again = readGrant({ ...draft, amount: '5' })
  expect(first).toEqual({ ok: true, body: { id: 'grant-1', amount_micros: 5_000_000 } })
  expect(again).toEqual(first)
  expect(newGrant(randomId).id).toBe('grant-2')
})

test('an amount in Arabic digits is granted to the micro', () => {
  expect(readGrant({ id: 'g', amount: '١٬٠٠٠٫٠٠٠٠٠١', note: ' رصيد ترحيبي ' })).toEqual({
    ok: true,
    body: { id: 'g', amount_micros: 1_000_000_001, note: 'رصيد ترحيبي' },
  })
})

test('nothing, less than nothing and an endless note are refused', () => {
  expect(readGrant({ id: 'g', amount: '0', note: '' })).toEqual({ ok: false, faults: { amount: 'amount-too-small' } })
  expect(readGrant({ id: 'g', amount: '-3', note: '' })).toMatchObject({ ok: false })
  expect(readGrant({ id: 'g', amount: '1', note: 'x'.repeat(201) })).toEqual({
    ok: false,
    faults: { note: 'note-long' },
  })
})
