// Random histories: calls, duplicates, time, crashes between any two steps. The real rules on real rows are
// compared, call by call, with the in-memory ledger that sums everything up anew; and after every write the
// promises of the product are looked up in the rows themselves.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Admission } from '#shared/contracts/ledger'
import { createTestClock } from '#shared/lib/clock'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { spentIn } from './budgets.ts'
import { beginning, commands, type Call, type Command } from './model-commands.ts'
import type { LedgerState } from './state.ts'
import { createTestLedger } from './testing.ts'

const START = Date.UTC(2100, 5, 16, 12)

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
      return name === 'entryId' || (name === 'id' && String(value).startsWith('ent_')) ? Boolean(value) : value
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

/** What must outlive a crash: all that is in memory but for limits per minute and when a key was last used. */
const remembered = (state: LedgerState, now: number) => ({
  balance: [state.balanceMicros, state.heldMicros, state.sequence, state.latestAt],
  holds: Object.fromEntries(state.holds),
  running: Object.fromEntries(state.running),
  keys: Object.fromEntries([...state.keys].map(([id, { record }]) => [id, record])),
  budgets: Object.fromEntries(state.budgets),
  accounts: Object.fromEntries(
    [...state.accounts]
      .map(
        ([name, { heldMicros, spending }]) =>
          [
            name,
            [
              heldMicros,
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

  async begin() {
    this.#model = await replay([])
    for (const call of beginning) await this.#call(call)
    await this.step({ type: 'written' })
  }

  async step(command: Command) {
    if (command.type === 'call') return this.#call(command.call)
    if (command.type === 'time-passes') return this.#clock.advance(command.milliseconds)
    if (command.type === 'checkpoint') this.#ledger.teller.checkpoint()
    if (command.type === 'written' || command.type === 'checkpoint') return this.#write()
    if (command.type === 'crash-while-writing') this.#failWrite(command.statements)
    await this.#crash()
  }

  async #call(call: Call) {
    const timed: TimedCall = { ...call, at: this.#clock() }
    this.#calls.push(timed)
    const before = this.#ledger.storage.writes()
    const answer = (this.#ledger.teller[call.method as 'balance'] as (input: unknown) => unknown).call(
      this.#ledger.teller,
      call.input,
    )
    if (call.method === 'admit' && (answer as unknown as Admission).ok)
      timed.heldMicros = (answer as unknown as { heldMicros: number }).heldMicros
    // Some questions make the ledger write what was still in memory: everything before them is safe then.
    if (this.#ledger.storage.writes() > before) this.#durable = this.#calls.length - 1
    this.#model.clock.set(timed.at)
    const expected = await (this.#model.ledger[call.method] as (input: unknown) => unknown)(call.input)
    expect(comparable(answer), JSON.stringify(call)).toEqual(comparable(expected))
  }

  #write() {
    this.#ledger.journal.flush()
    this.#durable = this.#calls.length
    this.#promises()
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
    this.#chargesWereHeld()
    const { storage, teller } = this.#ledger
    const { state } = teller
    const now = this.#clock()
    const one = (query: string) => storage.sql<{ value: number | null }>(query)[0]!.value ?? 0
    expect(state.balanceMicros, 'the balance is the sum of the entries').toBe(
      one('SELECT SUM(amount_micros) AS value FROM entries'),
    )
    expect(state.heldMicros, 'held is the sum of the live holds').toBe(
      one('SELECT SUM(held_micros) AS value FROM holds WHERE ended_at IS NULL'),
    )
    expect(state.balanceMicros - state.heldMicros, 'what is available is never below zero').toBeGreaterThanOrEqual(0)
    expect(
      one('SELECT MIN(balance_after) AS value FROM entries'),
      'the balance never was below zero',
    ).toBeGreaterThanOrEqual(0)
    expect(one('SELECT COUNT(*) - MAX(sequence) AS value FROM entries'), 'entries are numbered without gaps').toBe(0)
    expect(
      one('SELECT COUNT(request_id) - COUNT(DISTINCT request_id) AS value FROM entries'),
      'each request is charged at most once',
    ).toBe(0)
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

  #chargesWereHeld() {
    const held = new Map(
      this.#calls
        .filter((call) => call.heldMicros !== undefined)
        .map((call) => [(call.input as { requestId: string }).requestId, call.heldMicros!]),
    )
    const charges = this.#ledger.storage.sql<{ request_id: string; amount_micros: number }>(
      "SELECT request_id, amount_micros FROM entries WHERE kind = 'charge'",
    )
    for (const { request_id, amount_micros } of charges)
      expect(-amount_micros, 'nothing is spent that was not held').toBeLessThanOrEqual(held.get(request_id) ?? -1)
  }
}

test('whatever happens, in whatever order, the books are right', async () => {
  await fc.assert(
    fc.asyncProperty(commands, async (steps) => {
      const history = new History()
      await history.begin()
      for (const step of steps) await history.step(step)
      await history.step({ type: 'written' })
    }),
    { numRuns: 400 },
  )
}, 120_000)
