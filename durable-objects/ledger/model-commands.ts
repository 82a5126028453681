// What may happen to a ledger, as data that fast-check can draw, shorten and print.
import fc from 'fast-check'
import type { Budget, LedgerRpc, Payer, PlanTerms } from '#shared/contracts/ledger'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from '#shared/metering/ledger-samples'

const DAY = 86_400_000
export const START = Date.UTC(2100, 5, 16, 12)

/** One call, the same for the ledger that is tried and for the naive one it is compared with. */
export interface Call {
  method: keyof LedgerRpc
  input: unknown
}

export type Command =
  | { type: 'call'; call: Call }
  | { type: 'time-passes'; milliseconds: number }
  /** Everything so far reaches the disk, and answers leave. */
  | { type: 'written' }
  /** The tables are brought up to date, and the log is emptied. */
  | { type: 'folded' }
  /** Memory is lost, and with it what was not written. */
  | { type: 'crash' }
  /** The disk goes away after so many statements of the next write, or of bringing the tables up to date. */
  | { type: 'crash-while-writing' | 'crash-while-folding'; statements: number }

const payers: Payer[] = [
  { kind: 'user', userId: 'usr_1', role: 'member' },
  { kind: 'user', userId: 'usr_2', role: 'owner' },
  samplePayer('key_1'),
  samplePayer('key_2'),
  { kind: 'verified-key', keyId: 'key_2' },
]

const requestId = fc.integer({ min: 1, max: 8 }).map((at) => `req_${at}`)
const micros = fc.integer({ min: 0, max: 300 })
const idempotency = fc.option(
  fc.record({ key: fc.constantFrom('one', 'two'), fingerprint: fc.constantFrom('f1', 'f2') }),
  { nil: undefined, freq: 2 },
)
const model = fc.constantFrom('openai/gpt-sample', 'anthropic/claude-sample')
const tokens = fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined, freq: 2 })
const abandoned = fc.option(
  fc.record({
    amountMicros: fc.integer({ min: 0, max: 200 }),
    usage: fc.constant({ input_tokens: 7 }),
    price: fc.constant({ input_tokens: 1_000_000 }),
    costMicros: fc.constantFrom(3, 0),
  }),
  { nil: undefined, freq: 2 },
)
const perMinute = fc.option(fc.integer({ min: 0, max: 4 }))
const limits = fc.record(
  {
    requestsPerMinute: perMinute,
    tokensPerMinute: fc.option(fc.integer({ min: 0, max: 150 })),
    parallelRequests: perMinute,
    alertPercents: fc.subarray([10, 50, 80, 100]),
  },
  { requiredKeys: [] },
)
const period = fc.constantFrom('day', 'week', 'month', 'forever')
const budget: fc.Arbitrary<Budget> = fc.record({ limitMicros: fc.integer({ min: 0, max: 900 }), period })

const call = <T>(method: keyof LedgerRpc, input: fc.Arbitrary<T>): fc.Arbitrary<Command> =>
  input.map((value) => ({ type: 'call', call: { method, input: value } }))

const admit = call(
  'admit',
  fc
    .record({
      requestId,
      payer: fc.constantFrom(...payers),
      model,
      tokens,
      abandoned,
      policyVersion: fc.constantFrom(undefined, undefined, 0, 1),
      partOf: fc.constantFrom(undefined, undefined, 'req_1', 'req_2'),
      ceilingMicros: micros,
      floorMicros: micros,
      ttlMs: fc.constantFrom(1_000, 60_000, 2 * DAY),
      idempotency,
    })
    .map(sampleAdmission),
)
const settle = call(
  'settle',
  fc
    .record({
      requestId,
      amountMicros: fc.integer({ min: 0, max: 400 }),
      answerKept: fc.boolean(),
      costMicros: fc.constantFrom(undefined, 0, 40),
    })
    .map(sampleSettlement),
)
const amend = call(
  'amend',
  fc.record({
    requestId,
    model,
    provider: fc.constant('other'),
    ceilingMicros: micros,
    floorMicros: micros,
    tokens,
    abandoned,
  }),
)
const renew = call('renew', fc.record({ requestId, ttlMs: fc.constantFrom(1_000, 120_000) }))
const release = call('release', fc.record({ requestId }))
const grantId = fc.constantFrom('g1', 'g2', 'g3', 'g4', 'g5', 'g6', 'g7', 'signup')
const series = fc.constantFrom('monthly', 'yearly')
const grant = call(
  'grant',
  fc
    .record({
      id: grantId,
      kind: fc.constantFrom('grant', 'grant', 'refund', 'adjustment'),
      amountMicros: fc.integer({ min: -500, max: 800 }),
      source: fc.constantFrom(undefined, 'included', 'promotion', 'bought'),
      expiresAt: fc.constantFrom(
        undefined,
        null,
        START,
        START + 1_000,
        START + 60_000,
        START + DAY,
        START + 2 * DAY,
        START + 9 * DAY,
      ),
      series: fc.option(series, { nil: undefined }),
      replacesSeries: fc.boolean(),
    })
    .map((input) => ({
      ...input,
      amountMicros: input.kind === 'adjustment' ? input.amountMicros : Math.abs(input.amountMicros),
    })),
)
const takeBackId = fc.constantFrom('refund:1', 'refund:2', 'dispute:1')
const takeBack = call(
  'takeBack',
  fc.record({
    id: takeBackId,
    grantId,
    amountMicros: fc.integer({ min: 0, max: 1_500 }),
    note: fc.constantFrom('refund', 'dispute'),
  }),
)
const giveBack = call('giveBack', fc.record({ takeBackId }))
const expireSeries = call('expireSeries', fc.record({ id: fc.constantFrom('end:1', 'end:2'), series }))
const overdraft: fc.Arbitrary<PlanTerms['overdraft']> = fc.oneof(
  fc.constant(null),
  fc.record({
    kind: fc.constant('metered' as const),
    capMicros: fc.integer({ min: 0, max: 300 }),
    since: fc.constantFrom(0, START, START + 1_000, START + DAY),
  }),
  fc.constant({ kind: 'unlimited', capMicros: null, since: 0 } as const),
)
const setPlan = call(
  'setPlan',
  fc.record({
    planId: fc.constantFrom('free', 'pro'),
    planVersion: fc.constant(1),
    asOf: fc.integer({ min: 0, max: 9 }),
    requestsPerMinute: fc.constantFrom(null, null, 2, 5),
    tokensPerMinute: fc.constantFrom(null, null, 100),
    parallelRequests: fc.constantFrom(null, null, 2),
    models: fc.constantFrom(null, null, ['openai/*'], ['anthropic/claude-sample']),
    readOnly: fc.constantFrom(false, false, false, true),
    overdraft,
  }),
)
const setBudget = call(
  'setBudget',
  fc.record({
    account: fc.constantFrom('organization', 'member:usr_1', 'model:openai/gpt-sample'),
    budget: fc.option(budget),
  }),
)
const setLimits = call(
  'setLimits',
  fc.record({
    account: fc.constantFrom('organization', 'member:usr_1', 'model:openai/gpt-sample'),
    limits,
  }),
)
const setPolicy = call('setPolicy', fc.constantFrom({}, { ifVersion: 0 }))
const changeKey = call(
  'updateKey',
  fc.record({
    id: fc.constantFrom('key_1', 'key_9'),
    change: fc.record(
      {
        budget: fc.option(budget),
        rateLimitRpm: perMinute,
        rateLimitTpm: fc.option(fc.integer({ min: 0, max: 150 })),
        parallelRequests: perMinute,
      },
      { requiredKeys: [] },
    ),
  }),
)
const verifyKey = call('verifyKey', fc.record({ keyId: fc.constant('key_1'), secretHash: fc.constant('a'.repeat(64)) }))
const revokeKey = call('revokeKey', fc.record({ id: fc.constant('key_1') }))
const look = fc.constantFrom<Command>(
  ...(['balance', 'budgets', 'limits', 'policy', 'credits', 'plan'] as const).map(
    (method) => ({ type: 'call', call: { method, input: undefined } }) as const,
  ),
)

const time = fc
  .constantFrom(1, 999, 1_000, 60_000, DAY / 2, DAY, 8 * DAY)
  .map((milliseconds): Command => ({ type: 'time-passes', milliseconds }))
const written = fc.constant<Command>({ type: 'written' })
const folded = fc.constant<Command>({ type: 'folded' })
const crash = fc.constant<Command>({ type: 'crash' })
const crashWhileWriting = fc
  .integer({ min: 0, max: 1 })
  .map((statements): Command => ({ type: 'crash-while-writing', statements }))
const crashWhileFolding = fc
  .integer({ min: 0, max: 45 })
  .map((statements): Command => ({ type: 'crash-while-folding', statements }))

export const commands = fc.array(
  fc.oneof(
    ...[admit, admit, admit, admit, settle, settle, settle, amend, release, grant, grant].map((arbitrary) => ({
      arbitrary,
      weight: 3,
    })),
    ...[
      setBudget,
      setLimits,
      setPlan,
      takeBack,
      giveBack,
      expireSeries,
      changeKey,
      renew,
      verifyKey,
      look,
      time,
      time,
      written,
      folded,
      crash,
      crashWhileFolding,
      crashWhileWriting,
    ].map((arbitrary) => ({
      arbitrary,
      weight: 2,
    })),
    { arbitrary: revokeKey, weight: 1 },
    { arbitrary: setPolicy, weight: 1 },
  ),
  { maxLength: 60, size: 'max' },
)

const someRequest = fc.integer({ min: 1, max: 12 }).map((at) => `req_${at}`)
const spend = call(
  'admit',
  fc
    .record({
      requestId: someRequest,
      abandoned,
      ceilingMicros: micros,
      floorMicros: fc.constant(0),
      ttlMs: fc.constantFrom(1_000, 60_000, 2 * DAY),
    })
    .map(sampleAdmission),
)
const end = call(
  'settle',
  fc.record({ requestId: someRequest, amountMicros: fc.integer({ min: 0, max: 400 }) }).map(sampleSettlement),
)
const moment = fc
  .constantFrom(1, 500, 1_000, 60_000)
  .map((milliseconds): Command => ({ type: 'time-passes', milliseconds }))
const letGo = call('release', fc.record({ requestId: someRequest }))

/** Of credit and plans alone: deeper than a history in which everything happens. */
export const creditCommands = fc.array(
  fc.oneof(
    ...[spend, end].map((arbitrary) => ({ arbitrary, weight: 6 })),
    ...[grant, takeBack, moment].map((arbitrary) => ({ arbitrary, weight: 3 })),
    ...[amend, letGo, giveBack, expireSeries, setPlan, time].map((arbitrary) => ({ arbitrary, weight: 1 })),
    ...[written, folded, crash, crashWhileFolding].map((arbitrary) => ({ arbitrary, weight: 1 })),
  ),
  { maxLength: 60, size: 'max' },
)

/** How every history begins. What `member:usr_2` and `key_2` may do is never changed by a command. */
export const beginning: Call[] = [
  {
    method: 'createKey',
    input: sampleKey({ id: 'key_1', userId: 'usr_1', budget: { limitMicros: 400, period: 'day' } }),
  },
  {
    method: 'createKey',
    input: sampleKey({
      id: 'key_2',
      userId: 'usr_2',
      budget: { limitMicros: 350, period: 'week' },
      parallelRequests: 2,
    }),
  },
  { method: 'setBudget', input: { account: 'member:usr_2', budget: { limitMicros: 500, period: 'month' } } },
  { method: 'grant', input: { id: 'signup', amountMicros: 1_000 } },
]

/** How one of credit alone begins: with little, and with a plan that lets it go beyond. */
export const creditBeginning: Call[] = [
  ...beginning.slice(0, -1),
  { method: 'grant', input: { id: 'signup', amountMicros: 150 } },
  {
    method: 'setPlan',
    input: {
      planId: 'pro',
      planVersion: 1,
      asOf: 0,
      requestsPerMinute: null,
      tokensPerMinute: null,
      parallelRequests: null,
      models: null,
      readOnly: false,
      overdraft: { kind: 'metered', capMicros: 900, since: 0 },
    },
  },
]
