// Random histories: calls, duplicates, time, crashes between any two steps. The real rules on real rows are
// compared, call by call, with the in-memory ledger that sums everything up anew; and after every write the
// promises of the product are looked up in the rows themselves.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Admission } from '#shared/contracts/ledger'
import { createTestClock } from '#shared/lib/clock'
import { compareLots, toCreditLot, type KeptLot } from '#shared/metering/credit-rules'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { spentIn } from './spending.ts'
import {
  beginning,
  commands,
  creditBeginning,
  creditCommands,
  START,
  type Call,
  type Command,
} from './model-commands.ts'
import type { LedgerState } from './state.ts'
import { createTestLedger } from './testing.ts'

interface TimedCall extends Call {
  at: number
  /** What the admission answered with. */
  heldMicros?: number
}

/** Ids of entries are made at random, and when a key was last used is not worth a write: all else must be the same. */
const comparable = (answer: unknown): unknown =>
  JSON.parse(
    JSON.stringify(answer ?? null, (name, value) => {
      if (name === 'lastUsedAt') return null
      return name === 'entryId' || (name === 'id' && /^(ent|evt)_/.test(String(value))) ? Boolean(value) : value
    }),
  )

/** The naive ledger after these calls, and its answer to the last. */
async function replay(calls: TimedCall[]) {
  const clock = createTestClock(START)
  const ledger = createInMemoryLedger({ clock })
  for (const { method, input, at } of calls) {
    clock.set(at)
    await (ledger[method] as (input: unknown) => unknown)(input)
  }
  return { ledger, clock }
}

/** What must outlive a crash: all that is in memory but for when a key was last used. */
const remembered = (state: LedgerState, now: number) => ({
  balance: [state.balanceMicros, state.heldMicros, state.sequence, state.latestAt],
  holds: Object.fromEntries(state.holds),
  running: Object.fromEntries(state.running),
  keys: Object.fromEntries([...state.keys].map(([id, { record }]) => [id, record])),
  budgets: Object.fromEntries(state.budgets),
  limits: Object.fromEntries(state.limits),
  buckets: Object.fromEntries(state.buckets),
  policy: state.policy,
  credit: [state.lots, state.owed, state.plan, state.overageMicros],
  told: Object.fromEntries(state.told),
  outbox: [...state.outbox],
  accounts: Object.fromEntries(
    [...state.accounts]
      .map(
        ([name, { heldMicros, heldTokens, running, spending }]) =>
          [
            name,
            [
              heldMicros,
              heldTokens,
              running,
              ...(['day', 'week', 'month', 'forever'] as const).map((period) => spentIn(spending, period, now)),
            ],
          ] as const,
      )
      .filter(([, amounts]) => amounts.some((amount) => amount !== 0)),
  ),
})

class History {
  readonly #clock = createTestClock(START)
  readonly #ledger = createTestLedger({ clock: this.#clock })
  #calls: TimedCall[] = []
  /** How many of the calls have reached the disk. */
  #durable = 0
  #model!: Awaited<ReturnType<typeof replay>>

  async begin(calls: Call[]) {
    this.#model = await replay([])
    for (const call of calls) await this.#call(call)
    await this.step({ type: 'written' })
  }

  async step(command: Command) {
    if (command.type === 'call') return this.#call(command.call)
    if (command.type === 'time-passes') return this.#clock.advance(command.milliseconds)
    if (command.type === 'written') return this.#write()
    if (command.type === 'folded') return this.#fold()
    if (command.type === 'crash-while-writing') this.#failWrite(command.statements)
    if (command.type === 'crash-while-folding') this.#failFold(command.statements)
    await this.#crash()
  }

  async #call(call: Call) {
    const timed: TimedCall = { ...call, at: this.#clock() }
    this.#calls.push(timed)
    const answer = (this.#ledger.teller[call.method as 'balance'] as (input: unknown) => unknown).call(
      this.#ledger.teller,
      call.input,
    )
    if ((call.method === 'admit' || call.method === 'amend') && (answer as unknown as Admission).ok)
      timed.heldMicros = (answer as unknown as { heldMicros: number }).heldMicros
    this.#model.clock.set(timed.at)
    const expected = await (this.#model.ledger[call.method] as (input: unknown) => unknown)(call.input)
    expect(comparable(answer), JSON.stringify(call)).toEqual(comparable(expected))
    this.#samePictures()
  }

  /** Whatever was not asked for is the same as well. */
  #samePictures() {
    expect(comparable(this.#ledger.teller.notices())).toEqual(comparable(this.#model.ledger.notices()))
    const { lots, owed, overageMicros } = this.#ledger.teller.state
    const owedMicros = owed.reduce((sum, { micros }) => sum + micros, 0)
    const credits = { lots: lots.map(toCreditLot), owedMicros, overageMicros }
    expect(credits).toEqual(this.#model.ledger.creditsNow())
  }

  #write() {
    this.#ledger.journal.flush()
    this.#durable = this.#calls.length
    this.#promises()
  }

  #fold() {
    this.#ledger.teller.fold()
    this.#durable = this.#calls.length
    this.#promises()
    this.#tablesArePromised()
  }

  #failFold(statements: number) {
    this.#write()
    this.#ledger.storage.failAfter(statements)
    try {
      this.#ledger.teller.fold()
    } catch {
      // The log still has everything.
    }
    this.#ledger.storage.failAfter(null)
  }

  #failWrite(statements: number) {
    this.#ledger.storage.failAfter(statements)
    try {
      this.#ledger.journal.flush()
      this.#durable = this.#calls.length
    } catch {
      // Nothing of it was written: a write is all or nothing.
    }
    this.#ledger.storage.failAfter(null)
  }

  async #crash() {
    const whole = this.#durable === this.#calls.length
    const before = remembered(this.#ledger.teller.state, this.#clock())
    this.#ledger.crash()
    if (whole) expect(remembered(this.#ledger.teller.state, this.#clock())).toEqual(before)
    this.#calls = this.#calls.slice(0, this.#durable)
    this.#model = await replay(this.#calls)
    this.#write()
  }

  #promises() {
    const { state } = this.#ledger.teller
    const now = this.#clock()
    const held = [...state.holds.values()].reduce((sum, hold) => sum + hold.heldMicros, 0)
    expect(state.heldMicros, 'held is the sum of the live holds').toBe(held)
    this.#creditIsPromised()
    const running = state.accounts.get('key:key_2')?.running ?? 0
    expect(running, 'no more calls run than may at the same time').toBeLessThanOrEqual(2)
    for (const [account, limit, period] of [
      ['member:usr_2', 500, 'month'],
      ['key:key_2', 350, 'week'],
    ] as const) {
      const known = state.accounts.get(account)
      if (known)
        expect(
          known.heldMicros + spentIn(known.spending, period, now),
          `the budget of ${account} is not exceeded`,
        ).toBeLessThanOrEqual(limit)
    }
  }

  #creditIsPromised() {
    const { state } = this.#ledger.teller
    const rest = state.lots.reduce((sum, { remainingMicros }) => sum + remainingMicros, 0)
    expect(rest, 'what is left of the grants is the balance').toBe(state.balanceMicros)
    expect(state.lots, 'lots are in the order of use').toEqual(state.lots.toSorted(compareLots))
    for (const lot of state.lots) expect(lot.remainingMicros, 'no lot is empty').toBeGreaterThan(0)
    // A plan that allows less than before leaves what is in flight without cover: what it is charged is granted.
    if (this.#calls.some(({ method }) => method === 'setPlan')) return
    expect(state.balanceMicros - state.heldMicros, 'what is available is never below zero').toBeGreaterThanOrEqual(0)
  }

  /** What the rows alone say, once they are up to date. */
  #tablesArePromised() {
    const { storage, teller } = this.#ledger
    const one = (query: string) => storage.sql<{ value: number | null }>(query)[0]!.value ?? 0
    expect(one('SELECT COUNT(*) AS value FROM log'), 'the log is empty').toBe(0)
    expect(one('SELECT SUM(amount_micros) AS value FROM entries'), 'the balance is the sum of the entries').toBe(
      teller.state.balanceMicros,
    )
    const lowest = one('SELECT MIN(balance_after) AS value FROM entries')
    expect(lowest, 'the balance never was below zero').toBeGreaterThanOrEqual(0)
    expect(one('SELECT COUNT(*) - MAX(sequence) AS value FROM entries'), 'entries are numbered without gaps').toBe(0)
    expect(
      one("SELECT COUNT(request_id) - COUNT(DISTINCT request_id) AS value FROM entries WHERE kind = 'charge'"),
      'each request is charged at most once',
    ).toBe(0)
    expect(
      one('SELECT COUNT(*) AS value FROM entries AS a, entries AS b WHERE b.sequence = a.sequence + 1 AND b.at < a.at'),
      'entries are numbered in the order of their times',
    ).toBe(0)
    expect(
      storage.sql<{ lot: string }>('SELECT lot FROM lots').map(({ lot }) => JSON.parse(lot) as KeptLot),
      'every lot has its row, and no other',
    ).toEqual(expect.arrayContaining(teller.state.lots))
    expect(one('SELECT COUNT(*) AS value FROM lots')).toBe(teller.state.lots.length)
    this.#chargesWereHeld()
  }

  #chargesWereHeld() {
    const held = new Map<string, number>()
    for (const call of this.#calls) {
      if (call.heldMicros === undefined) continue
      const { requestId } = call.input as { requestId: string }
      held.set(requestId, Math.max(held.get(requestId) ?? 0, call.heldMicros))
    }
    const charges = this.#ledger.storage.sql<{ request_id: string; charged: number }>(
      'SELECT request_id, 0 - SUM(amount_micros) AS charged FROM entries WHERE request_id IS NOT NULL GROUP BY request_id',
    )
    for (const { request_id, charged } of charges) {
      expect(charged, 'nothing is spent that was not held').toBeLessThanOrEqual(held.get(request_id) ?? -1)
      expect(charged, 'nobody is given more than was taken').toBeGreaterThanOrEqual(0)
    }
  }
}

const booksAreRight = (first: Call[], histories: typeof commands, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      const history = new History()
      await history.begin(first)
      for (const step of steps) await history.step(step)
      await history.step({ type: 'folded' })
    }),
    { numRuns: Number(process.env.RIWAQ_MODEL_RUNS ?? numRuns) },
  )

test('whatever happens, in whatever order, the books are right', () => booksAreRight(beginning, commands, 500), 120_000)

test(
  'however credit comes, goes back, expires and is overdrawn, the books are right',
  () => booksAreRight(creditBeginning, creditCommands, 400),
  120_000,
)
