import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Budget } from '#shared/contracts/ledger'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from '#shared/metering/ledger-samples'
import { decideAdmission, type PastRequests } from './admission.ts'
import { applyChange } from './apply-change.ts'
import { accountsOf } from './accounts.ts'
import { budgetStatesFor, leftIn } from './budgets.ts'
import { lotBeforeLots } from './lots.ts'
import { decideSettlement, type PastSettlements } from './settlement.ts'
import { createState, type LedgerState } from './state.ts'
import { createTestLedger } from './testing.ts'

const NOW = Date.UTC(2026, 0, 28)
const nothingBefore: PastRequests & PastSettlements = {
  hasEnded: () => false,
  answerOf: () => null,
  endedRequest: () => null,
  lotOf: () => lotBeforeLots(0, 0),
}

const micros = fc.integer({ min: 0, max: 1_000 })
const budget = fc.option(
  fc.record({
    limitMicros: micros,
    period: fc.constantFrom('day', 'week', 'month', 'forever'),
  }) as fc.Arbitrary<Budget>,
)

const world = fc.record({ credit: micros, organization: budget, member: budget, key: budget, running: micros })
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never

/** An organization with some credit and some budgets, a key, and a request of that key which runs. */
function createWorld({ credit, organization, member, key, running }: World): LedgerState {
  const state = createState()
  const about = {
    requestId: null,
    service: null,
    model: null,
    provider: null,
    keyId: null,
    userId: null,
    usage: null,
    price: null,
    estimated: false,
    note: null,
    costMicros: null,
    planId: null,
  }
  applyChange(state, {
    type: 'entry-added',
    entry: { ...about, sequence: 1, id: 'ent_1', at: NOW, kind: 'grant', amountMicros: credit },
    grantId: 'signup',
    answer: null,
  })
  applyChange(state, { type: 'budget-set', account: 'organization', budget: organization })
  applyChange(state, { type: 'budget-set', account: 'member:usr_1', budget: member })
  applyChange(state, { type: 'key-written', key: sampleKey({ budget: key }) })
  const first = decideAdmission(
    state,
    nothingBefore,
    sampleAdmission({ requestId: 'req_0', payer: samplePayer(), ceilingMicros: running, floorMicros: 0 }),
    NOW,
  )
  if (first.change) applyChange(state, first.change)
  return state
}

const budgetsOf = (state: LedgerState) =>
  budgetStatesFor(state, accountsOf({ keyId: 'key_1', userId: 'usr_1', model: 'openai/gpt-sample' }), NOW)

test('a hold is between floor and ceiling, and nothing is overdrawn by it', () => {
  fc.assert(
    fc.property(world, micros, micros, (drawn, ceilingMicros, floorMicros) => {
      const state = createWorld(drawn)
      const input = sampleAdmission({ payer: samplePayer(), ceilingMicros, floorMicros })
      const { admission, change } = decideAdmission(state, nothingBefore, input, NOW)
      expect(admission.ok).toBe(change !== null)
      if (change?.type !== 'hold-taken') return
      const { hold } = change
      expect(hold.heldMicros).toBeGreaterThanOrEqual(Math.min(floorMicros, ceilingMicros))
      expect(hold.heldMicros).toBeLessThanOrEqual(ceilingMicros)
      applyChange(state, change)
      expect(state.balanceMicros - state.heldMicros).toBeGreaterThanOrEqual(0)
      for (const left of budgetsOf(state).map(leftIn)) expect(left).toBeGreaterThanOrEqual(0)
    }),
  )
})

test('a refusal names a limit that really is too tight, and whether waiting helps', () => {
  fc.assert(
    fc.property(world, micros, (drawn, neededMicros) => {
      const state = createWorld(drawn)
      const { admission } = decideAdmission(
        state,
        nothingBefore,
        sampleAdmission({ payer: samplePayer(), ceilingMicros: neededMicros, floorMicros: neededMicros }),
        NOW,
      )
      if (admission.ok) return
      if (admission.code === 'credit_held' || admission.code === 'insufficient_credits') {
        expect(state.balanceMicros - state.heldMicros).toBeLessThan(neededMicros)
        expect(admission.code === 'credit_held').toBe(state.balanceMicros >= neededMicros)
      } else {
        if (admission.code !== 'budget_held' && admission.code !== 'budget_exceeded') throw new Error(admission.code)
        const named = budgetsOf(state).find(({ account }) => account === admission.account)!
        expect(leftIn(named)).toBeLessThan(neededMicros)
        expect(admission.code === 'budget_held').toBe(named.limitMicros - named.spentMicros >= neededMicros)
      }
    }),
  )
})

test('looking changes nothing: a decision is data until it is applied', () => {
  fc.assert(
    fc.property(world, micros, micros, (drawn, ceilingMicros, floorMicros) => {
      const state = createWorld(drawn)
      const before = structuredClone(state)
      decideAdmission(state, nothingBefore, sampleAdmission({ payer: samplePayer(), ceilingMicros, floorMicros }), NOW)
      decideSettlement(
        state,
        nothingBefore,
        { requestId: 'req_0', amountMicros: ceilingMicros, usage: {}, price: {}, estimated: false, answerKept: true },
        { now: NOW, entryId: () => 'ent_2' },
      )
      expect(state).toEqual(before)
    }),
  )
})

test('what is no whole amount is refused before it can be taken, wherever it stands', () => {
  const { teller } = createTestLedger({ clock: () => NOW })
  teller.grant({ id: 'signup', amountMicros: 1_000 })
  for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    const abandoned = { amountMicros: wrong, usage: {}, price: {} }
    for (const change of [
      { ceilingMicros: wrong },
      { floorMicros: wrong },
      { ttlMs: wrong },
      { tokens: wrong },
      { abandoned },
    ])
      expect(() => teller.admit(sampleAdmission(change))).toThrow(RangeError)
    expect(() => teller.settle(sampleSettlement({ amountMicros: wrong }))).toThrow(RangeError)
    expect(() => teller.renew({ requestId: 'req_1', ttlMs: wrong })).toThrow(RangeError)
    expect(() => teller.setLimits({ account: 'organization', limits: { tokensPerMinute: wrong } })).toThrow(RangeError)
    expect(() => teller.grant({ id: 'more', amountMicros: wrong })).toThrow(RangeError)
  }
  expect(teller.balance()).toEqual({ balanceMicros: 1_000, heldMicros: 0, availableMicros: 1_000 })
  expect(teller.limits()).toEqual([])
})
