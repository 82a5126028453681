import { expect, test } from 'vitest'
import { parseAddress, toSearch } from './use-address.ts'

test('a link to one request opens its entries', () => {
  expect(parseAddress('?request_id=req_1&period=7-days')).toEqual({
    period: '7-days',
    by: null,
    requestId: 'req_1',
    read: true,
  })
  expect(parseAddress('?request_id=%20')).toMatchObject({ requestId: null })
})

test('what is shown can be put in a link and read back', () => {
  const shown = { period: '90-days', by: 'key', requestId: 'req_a&b' }
  expect(parseAddress(toSearch(shown))).toMatchObject(shown)
  expect(toSearch({ period: null, by: null, requestId: null })).toBe('')
})
