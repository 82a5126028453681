import { expect, test } from 'vitest'
import { createTestClock } from '#shared/lib/clock'
import { sampleAdmission, sampleSettlement } from '#shared/metering/ledger-samples'
import { createTestLedger } from './testing.ts'

const DAY = 86_400_000

function createWorld() {
  const clock = createTestClock(Date.UTC(2100, 0, 1))
  const ledger = createTestLedger({ clock })
  ledger.teller.grant({ id: 'signup', amountMicros: 1_000_000 })
  const admit = (...ids: string[]) => {
    for (const requestId of ids) ledger.teller.admit(sampleAdmission({ requestId, ttlMs: 3 * DAY }))
  }
  const settle = (...ids: string[]) => {
    for (const requestId of ids) ledger.teller.settle(sampleSettlement({ requestId }))
  }
  const packs = () =>
    ledger.storage
      .sql<{ holds: string }>('SELECT holds FROM held ORDER BY pack')
      .map(({ holds }) => (JSON.parse(holds) as { requestId: string }[]).map(({ requestId }) => requestId))
  const wake = () => {
    ledger.crash()
    return [...ledger.teller.state.holds.keys()].toSorted()
  }
  return { ledger, clock, admit, settle, packs, wake, fold: () => ledger.teller.fold() }
}

test('holds that live across a fold share a row, which goes when the last of them has ended', () => {
  const { admit, settle, packs, fold } = createWorld()
  admit('req_1', 'req_2', 'req_3')
  settle('req_2')
  fold()
  expect(packs()).toEqual([['req_1', 'req_3']])
  settle('req_1')
  fold()
  expect(packs(), 'it is not written anew').toEqual([['req_1', 'req_3']])
  settle('req_3')
  fold()
  expect(packs()).toEqual([])
})

test('an object that wakes finds those that live, and only those', () => {
  const { ledger, admit, settle, fold, wake } = createWorld()
  admit('req_1', 'req_2', 'req_3', 'req_4')
  fold()
  settle('req_2')
  ledger.teller.release({ requestId: 'req_3' })
  fold()
  expect(wake()).toEqual(['req_1', 'req_4'])
  expect(ledger.teller.balance()).toMatchObject({ heldMicros: 200 })
  settle('req_1', 'req_4')
  fold()
  expect(wake()).toEqual([])
})

test('a hold that is renewed or amended has its newest form, before and after waking', () => {
  const { ledger, clock, admit, settle, packs, fold, wake } = createWorld()
  admit('req_1', 'req_2')
  fold()
  ledger.teller.renew({ requestId: 'req_1', ttlMs: 5 * DAY })
  const attempt = { requestId: 'req_2', model: 'a/other', provider: 'a', ceilingMicros: 70, floorMicros: 70 }
  ledger.teller.amend(attempt)
  fold()
  expect(packs(), 'nothing of the first row lives there any more').toEqual([['req_1', 'req_2']])
  expect(wake()).toEqual(['req_1', 'req_2'])
  expect(ledger.teller.balance()).toMatchObject({ heldMicros: 170 })
  clock.advance(4 * DAY)
  expect(ledger.teller.balance()).toMatchObject({ heldMicros: 100 })
  settle('req_1')
  fold()
  expect(packs()).toEqual([])
})

test('what is forgotten of ends brings no hold back', () => {
  const { ledger, clock, admit, packs, fold, wake } = createWorld()
  admit('req_1', 'req_2')
  fold()
  ledger.teller.release({ requestId: 'req_2' })
  fold()
  clock.advance(DAY)
  ledger.teller.forget(clock())
  expect(packs()).toEqual([['req_1']])
  expect(wake()).toEqual(['req_1'])
})

test('a thousand holds are two rows', () => {
  const { admit, packs, fold, wake } = createWorld()
  admit(...Array.from({ length: 1_000 }, (_, at) => `req_${String(at).padStart(4, '0')}`))
  fold()
  expect(packs().map((holds) => holds.length)).toEqual([500, 500])
  expect(wake()).toHaveLength(1_000)
})
