import { expect, test } from 'vitest'
import type { PublishedEntries } from '#shared/contracts/ledger'
import { silentLogger } from '#shared/http/log'
import { createTestClock } from '#shared/lib/clock'
import { Publisher } from './publisher.ts'
import { createTestLedger } from './testing.ts'

function createWorld() {
  const clock = createTestClock(Date.UTC(2100, 0, 1))
  const { teller, store } = createTestLedger({ clock })
  const sent: PublishedEntries[] = []
  const state = { failing: false }
  const queue = {
    send: async (message: PublishedEntries) => {
      if (state.failing) throw new Error('the queue is away')
      sent.push(message)
    },
  }
  const publisher = new Publisher({ store, queue, organizationId: () => 'org_1', logger: silentLogger })
  let made = 0
  const grant = (times: number) => {
    for (let at = 0; at < times; at++) teller.grant({ id: `invoice-${++made}`, amountMicros: 1 })
  }
  const sequences = () => sent.flatMap(({ entries }) => entries.map(({ sequence }) => sequence))
  return { teller, publisher, grant, sent, state, sequences, clock }
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1)

test('what memory has just written and what only the tables have is sent in one order, without a gap', async () => {
  const { teller, publisher, grant, sequences } = createWorld()
  grant(3)
  publisher.keep(teller.fold())
  grant(2)
  teller.fold()
  grant(4)
  publisher.keep(teller.fold())
  expect(await publisher.publish()).toBe(true)
  expect(sequences()).toEqual(upTo(9))
  grant(1)
  publisher.keep(teller.fold())
  await publisher.publish()
  expect(sequences()).toEqual(upTo(10))
})

test('entries travel together, a hundred in a message', async () => {
  const { teller, publisher, grant, sent, sequences } = createWorld()
  grant(250)
  publisher.keep(teller.fold())
  await publisher.publish()
  expect(sent.map(({ entries }) => entries.length)).toEqual([100, 100, 50])
  expect(sent[0]).toMatchObject({
    organizationId: 'org_1',
    entries: expect.arrayContaining([expect.objectContaining({ sequence: 1 })]),
  })
  expect(sequences()).toEqual(upTo(250))
})

test('more than memory keeps is read from the tables', async () => {
  const { teller, publisher, grant, sequences } = createWorld()
  for (let time = 0; time < 3; time++) {
    grant(900)
    publisher.keep(teller.fold())
  }
  await publisher.publish()
  expect(sequences()).toEqual(upTo(2_700))
})

test('what the queue did not take is sent again, and a rebuild begins at the first', async () => {
  const { teller, publisher, grant, state, sequences } = createWorld()
  grant(5)
  publisher.keep(teller.fold())
  state.failing = true
  expect(await publisher.publish()).toBe(false)
  expect(publisher.retryMs).toBe(2_000)
  state.failing = false
  grant(5)
  publisher.keep(teller.fold())
  expect(await publisher.publish()).toBe(true)
  expect(sequences()).toEqual(upTo(10))
  await publisher.republish()
  expect(sequences()).toEqual([...upTo(10), ...upTo(10)])
})

test('what a queue may have lost with its object is sent again, and nothing older', async () => {
  const { teller, publisher, grant, sequences, clock } = createWorld()
  publisher.recall(clock())
  grant(3)
  clock.advance(60_000)
  const since = clock()
  grant(2)
  publisher.keep(teller.fold())
  await publisher.publish()
  expect(sequences()).toEqual(upTo(5))
  publisher.recall(since)
  await publisher.publish()
  expect(sequences()).toEqual([...upTo(5), 4, 5])
})
