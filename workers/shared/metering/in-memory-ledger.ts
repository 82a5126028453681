// A ledger for unit tests: the same promises as the real object, kept the naive way. Every figure is summed
// up anew from the list of entries and holds, so that the real one's running totals have something to be
// compared with. It passes the same suite (`ledger-conformance.ts`).
import type { GrantInput, KeyVerdict, LedgerEntry, PublishedEntry } from '../contracts/ledger.ts'
import { noPolicy, type PolicySnapshot } from '../contracts/policy.ts'
import { invalidCursor } from '../http/problems.ts'
import { systemClock } from '../lib/clock.ts'
import { decodeCursor, encodeCursor } from '../lib/cursor.ts'
import { createIds } from '../lib/ids.ts'
import { createInMemoryBooks } from './in-memory-books.ts'
import { createInMemoryKeys } from './in-memory-keys.ts'
import type { InMemoryLedger, InMemoryLedgerSeed, KeyRow } from './in-memory-ledger-types.ts'
import { createInMemoryLimits } from './in-memory-limits.ts'
import { createInMemoryNotices } from './in-memory-notices.ts'
import { createInMemoryRequests } from './in-memory-requests.ts'
import { summarizeEntries } from './summarize-entries.ts'

const toLedgerEntry = ({ organizationId: _organization, sequence: _sequence, ...entry }: PublishedEntry): LedgerEntry =>
  structuredClone(entry)

function pageOf<T>(
  list: string,
  items: T[],
  placeOf: (item: T) => string | number,
  { limit, cursor }: { limit: number; cursor?: string },
) {
  const place = cursor === undefined ? null : decodeCursor(list, cursor)
  const found = items.findIndex((item) => String(placeOf(item)) === place)
  if (cursor !== undefined && found < 0) throw invalidCursor()
  const rest = items.slice(found + 1)
  const data = rest.slice(0, limit)
  return { data, nextCursor: rest.length > limit ? encodeCursor(list, placeOf(data.at(-1)!)) : null }
}

export function createInMemoryLedger(seed: InMemoryLedgerSeed = {}): InMemoryLedger {
  const {
    clock = systemClock,
    organizationId = 'org_test00000001',
    wait = (ms: number) => new Promise((done) => setTimeout(done, ms)),
  } = seed
  const keys = createInMemoryKeys(clock)
  const ids = seed.ids ?? createIds(clock)
  const books = createInMemoryBooks({ clock, ids, organizationId, keys: keys.rows })
  const limits = createInMemoryLimits({ clock, keys: keys.rows, liveHolds: books.liveHolds, plan: books.credit.plan })
  const notices = createInMemoryNotices({ clock, ids, organizationId, books, limits })
  const grants = new Map<string, PublishedEntry>()
  const waiters = new Map<string, ((outcome: 'settled' | 'released') => void)[]>()
  let policy: PolicySnapshot = noPolicy
  let failure: Error | null = null
  const requests = createInMemoryRequests({
    clock,
    books,
    keys,
    limits,
    notices,
    policy: () => policy,
    onEnded(requestId, outcome) {
      for (const wake of waiters.get(requestId) ?? []) wake(outcome)
      waiters.delete(requestId)
    },
  })

  function grant(input: GrantInput) {
    const { id, amountMicros, kind = 'grant', note = null } = input
    if (!Number.isSafeInteger(amountMicros) || (kind !== 'adjustment' && amountMicros < 0))
      throw new RangeError(`not an amount to grant: ${amountMicros}`)
    const known = grants.get(id)
    if (known) return { entry: toLedgerEntry(known), repeated: true }
    if (input.replacesSeries && input.series !== undefined) books.credit.endSeries(input.series)
    const atLeast = 0 - books.balance().availableMicros
    const entry = books.addEntry({ kind, amountMicros: Math.max(amountMicros, atLeast) || 0, note })
    grants.set(id, entry)
    if (entry.amountMicros > 0) notices.forget('credit')
    books.credit.granted(input, entry)
    return { entry: toLedgerEntry(entry), repeated: false }
  }

  const keyState = (key: KeyRow) => {
    const { spentMicros } = books.budgetState(`key:${key.id}`, key.budget ?? { limitMicros: 0, period: 'forever' })
    return { ...structuredClone(key), spentMicros }
  }
  const revoke = (key: KeyRow) => {
    key.revokedAt ??= clock()
    return keyState(key)
  }

  function verifyKey({ keyId, secretHash }: { keyId: string; secretHash: string }): KeyVerdict {
    const verdict = keys.check(keyId, secretHash)
    if (!verdict.ok) return verdict
    const windows = limits.requestWindows([`key:${keyId}`])
    const tooFast = limits.refuse(windows)
    if (tooFast) return tooFast
    limits.take(windows)
    verdict.key.lastUsedAt = clock()
    return {
      ok: true,
      keyId,
      userId: verdict.key.userId,
      scopes: [...verdict.key.scopes],
      rateLimit: limits.tightest(windows),
    }
  }

  function standing({
    requestId,
    timeoutMs,
  }: {
    requestId: string
    timeoutMs: number
  }): Promise<'settled' | 'released' | 'running'> {
    const held = books.holds.get(requestId)
    if (held?.state !== 'held')
      return Promise.resolve(held?.state === 'settled' || held?.state === 'abandoned' ? 'settled' : 'released')
    const ended = new Promise<'settled' | 'released'>((wake) =>
      waiters.set(requestId, [...(waiters.get(requestId) ?? []), wake]),
    )
    return Promise.race([ended, wait(timeoutMs).then(() => 'running' as const)])
  }

  /** What every call does first: fails where the test says so, then frees what has run out. */
  const asked = <A extends unknown[], R>(answer: (...input: A) => R | Promise<R>) => {
    return async (...input: A): Promise<Awaited<R>> => {
      if (failure) throw failure
      requests.expire()
      return await answer(...input)
    }
  }

  const ledger: InMemoryLedger = {
    admit: asked(requests.admit),
    admitMany: asked((inputs) => inputs.map(requests.admit)),
    settle: asked(requests.settle),
    settleMany: asked((inputs) => inputs.map(requests.settle)),
    amend: asked(requests.amend),
    renew: asked(requests.renew),
    release: asked(requests.release),
    awaitSettlement: asked(standing),
    grant: asked(grant),
    balance: asked(() => books.balance()),
    credits: asked(() => books.credit.list()),
    takeBack: asked((input) => books.credit.takeBack(input)),
    giveBack: asked((input) => {
      const given = books.credit.giveBack(input)
      if (given.givenMicros > 0 && !given.repeated) notices.forget('credit')
      return given
    }),
    expireSeries: asked((input) => books.credit.expireSeries(input)),
    plan: asked(() => structuredClone(books.credit.plan())),
    setPlan: asked((terms) => {
      const before = JSON.stringify(books.credit.plan()?.overdraft ?? null)
      const applied = books.credit.setPlan(terms)
      if (applied && JSON.stringify(terms.overdraft) !== before) notices.forget('credit')
      return { applied }
    }),
    entries: asked(({ limit, cursor, requestId, userId }) => {
      const shown = books.entries.filter(
        (entry) =>
          (requestId === undefined || entry.requestId === requestId) &&
          (userId === undefined || entry.userId === userId),
      )
      const page = pageOf('entries', shown.toReversed(), (entry) => entry.sequence, { limit, cursor })
      return { ...page, data: page.data.map(toLedgerEntry) }
    }),
    summary: asked((input) => summarizeEntries(books.entries, input)),
    createKey: asked(
      (record) =>
        void (keys.rows.has(record.id) || keys.rows.set(record.id, { ...structuredClone(record), lastUsedAt: null })),
    ),
    updateKey: asked(({ id, userId, change }) => {
      const key = keys.find(id, userId)
      if (!key) return null
      const { budget = key.budget } = change
      if (budget?.limitMicros !== key.budget?.limitMicros || budget?.period !== key.budget?.period)
        notices.forget(`key:${id}`)
      return keyState(Object.assign(key, structuredClone(change)))
    }),
    revokeKey: asked(({ id, userId }) => {
      const key = keys.find(id, userId)
      return key ? revoke(key) : null
    }),
    revokeKeysOf: asked(
      ({ userId }) =>
        [...keys.rows.values()].filter((key) => key.userId === userId && key.revokedAt === null).map(revoke).length,
    ),
    keys: asked(({ limit, cursor, userId }) => {
      const shown = [...keys.rows.values()]
        .filter((key) => userId === undefined || key.userId === userId)
        .sort((a, b) => (a.id < b.id ? 1 : -1))
      return pageOf('keys', shown.map(keyState), (key) => key.id, { limit, cursor })
    }),
    verifyKey: asked(verifyKey),
    setBudget: asked(({ account, budget }) => {
      const before = books.budgets.get(account)
      if (before?.limitMicros !== budget?.limitMicros || before?.period !== budget?.period) notices.forget(account)
      if (budget) books.budgets.set(account, { ...budget })
      else books.budgets.delete(account)
    }),
    budgets: asked(() => books.listBudgets()),
    setLimits: asked((input) => limits.set(input.account, input.limits)),
    limits: asked(() => limits.list()),
    setRateLimit: asked((input) => limits.set('organization', input)),
    policy: asked(() => structuredClone(policy)),
    setPolicy: asked(({ ifVersion, ...change }) => {
      if (ifVersion !== undefined && ifVersion !== policy.version) return { ...structuredClone(policy), conflict: true }
      policy = structuredClone({ ...policy, ...change, version: policy.version + 1 })
      return structuredClone(policy)
    }),
    republish: asked(() => ({ entries: books.entries.length })),
    erase: asked(() => {
      for (const memory of [books, limits, notices, requests, grants, keys.rows]) memory.clear()
      policy = noPolicy
    }),
    liveHolds: () => {
      requests.expire()
      return books.liveHolds().map(({ requestId }) => requestId)
    },
    notices: () => notices.all(),
    creditsNow: () => books.credit.list(),
    published: () => [...books.entries],
    failWith: (error) => void (failure = error),
  }

  for (const key of seed.keys ?? []) keys.rows.set(key.id, { ...structuredClone(key), lastUsedAt: null })
  for (const { account, ...budget } of seed.budgets ?? []) books.budgets.set(account, budget)
  if (seed.requestsPerMinute) limits.set('organization', { requestsPerMinute: seed.requestsPerMinute })
  if (seed.balanceMicros) grant({ id: 'seed', amountMicros: seed.balanceMicros })
  return ledger
}
