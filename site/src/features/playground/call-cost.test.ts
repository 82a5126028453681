import { expect, test } from 'vitest'
import { findCost, lookAfterMs } from './call-cost.ts'

const { signal } = new AbortController()
const wait = async () => {}
const charge = { kind: 'charge', amount_micros: -42 }

test('the book is asked again until the charge is in it', async () => {
  const looks = [[], [{ kind: 'hold', amount_micros: 9 }], [charge]]
  const asked: string[] = []
  const list = async (requestId: string) => {
    asked.push(requestId)
    return looks.shift() ?? []
  }
  expect(await findCost({ requestId: 'req_1', signal, list, wait })).toBe(42)
  expect(asked).toEqual(['req_1', 'req_1', 'req_1'])
})

test('what is not told in time stays open', async () => {
  let looks = 0
  const list = async () => {
    looks++
    return []
  }
  expect(await findCost({ requestId: 'req_1', signal, list, wait })).toBe(null)
  expect(looks).toBe(lookAfterMs.length)
})

test('where the book is closed to somebody, nobody insists', async () => {
  const list = () => Promise.reject(new Error('403'))
  expect(await findCost({ requestId: 'req_1', signal, list, wait })).toBe(null)
})

test('who has gone on to the next call is not told of the last', async () => {
  expect(await findCost({ requestId: 'req_1', signal: AbortSignal.abort(), list: async () => [charge], wait })).toBe(
    null,
  )
})
