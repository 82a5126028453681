// What may happen to a ledger, as data that fast-check can draw, shorten and print.
import fc from 'fast-check'
import type { Budget, LedgerRpc, Payer } from '#shared/contracts/ledger'
import { sampleAdmission, sampleKey, samplePayer, sampleSettlement } from '#shared/metering/ledger-samples'

const DAY = 86_400_000

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
  /** The running totals are written down as well. */
  | { type: 'checkpoint' }
  /** Memory is lost, and with it what was not written. */
  | { type: 'crash' }
  /** The disk goes away after so many statements of the next write. */
  | { type: 'crash-while-writing'; statements: number }

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
    .record({ requestId, amountMicros: fc.integer({ min: 0, max: 400 }), answerKept: fc.boolean() })
    .map(sampleSettlement),
)
const release = call('release', fc.record({ requestId }))
const grant = call(
  'grant',
  fc
    .record({
      id: fc.constantFrom('g1', 'g2', 'g3', 'g4'),
      kind: fc.constantFrom('grant', 'refund', 'adjustment'),
      amountMicros: fc.integer({ min: -500, max: 800 }),
    })
    .map((input) => ({
      ...input,
      amountMicros: input.kind === 'adjustment' ? input.amountMicros : Math.abs(input.amountMicros),
    })),
)
const setBudget = call(
  'setBudget',
  fc.record({ account: fc.constantFrom('organization', 'member:usr_1'), budget: fc.option(budget) }),
)
const changeKey = call(
  'updateKey',
  fc.record({ id: fc.constantFrom('key_1', 'key_9'), change: fc.record({ budget: fc.option(budget) }) }),
)
const revokeKey = call('revokeKey', fc.record({ id: fc.constant('key_1') }))
const look = fc.constantFrom<Command>(
  ...(['balance', 'budgets'] as const).map((method) => ({ type: 'call', call: { method, input: undefined } }) as const),
)

const time = fc
  .constantFrom(1, 999, 1_000, 60_000, DAY / 2, DAY, 8 * DAY)
  .map((milliseconds): Command => ({ type: 'time-passes', milliseconds }))
const written = fc.constant<Command>({ type: 'written' })
const checkpoint = fc.constant<Command>({ type: 'checkpoint' })
const crash = fc.constant<Command>({ type: 'crash' })
const crashWhileWriting = fc
  .integer({ min: 0, max: 6 })
  .map((statements): Command => ({ type: 'crash-while-writing', statements }))

export const commands = fc.array(
  fc.oneof(
    ...[admit, admit, admit, admit, settle, settle, settle, release, grant].map((arbitrary) => ({
      arbitrary,
      weight: 3,
    })),
    ...[setBudget, changeKey, look, time, time, written, checkpoint, crash, crashWhileWriting].map((arbitrary) => ({
      arbitrary,
      weight: 2,
    })),
    { arbitrary: revokeKey, weight: 1 },
  ),
  { maxLength: 60, size: 'max' },
)

/** How every history begins. The budgets of `member:usr_2` and `key_2` are never changed by a command. */
export const beginning: Call[] = [
  {
    method: 'createKey',
    input: sampleKey({ id: 'key_1', userId: 'usr_1', budget: { limitMicros: 400, period: 'day' } }),
  },
  {
    method: 'createKey',
    input: sampleKey({ id: 'key_2', userId: 'usr_2', budget: { limitMicros: 350, period: 'week' } }),
  },
  { method: 'setBudget', input: { account: 'member:usr_2', budget: { limitMicros: 500, period: 'month' } } },
  { method: 'grant', input: { id: 'signup', amountMicros: 1_000 } },
]
