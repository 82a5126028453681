// A ledger for unit tests: the same promises as the real object, kept the naive way. Every figure is summed
// up anew from the list of entries and holds, so that the real one's running totals have something to be
// compared with. It passes the same suite (`ledger-conformance.ts`).
import type { Budget, BudgetAccount, Hold, InMemoryLedger, InMemoryLedgerSeed, KeyRow } from './in-memory-ledger-types.ts'
import type {
  AdmitInput,
  Admission,
  Balance,
  BudgetState,
  GrantInput,
  KeyVerdict,
  LedgerEntry,
  Payer,
  PublishedEntry,
  RateLimitState,
  SettleInput,
  Settlement,
} from '../contracts/ledger.ts'
import { roleMayUse } from '../contracts/permissions.ts'
import { invalidCursor } from '../http/problems.ts'
import { periodEnd, periodStart } from '../lib/calendar-period.ts'
import { systemClock } from '../lib/clock.ts'
import { equalInConstantTime } from '../lib/constant-time.ts'
import { decodeCursor, encodeCursor } from '../lib/cursor.ts'
import { createIds } from '../lib/ids.ts'
import { bucketWaitMs, fullBucket, takeFromBucket, viewBucket, type Bucket } from '../lib/token-bucket.ts'
import { summarizeEntries } from './summarize-entries.ts'

const ANSWER_LIFETIME_MS = 24 * 3_600_000
const WINDOW_MS = 60_000

export function createInMemoryLedger(seed: InMemoryLedgerSeed = {}): InMemoryLedger {
  const { clock = systemClock, organizationId = 'org_test00000001', wait = (ms: number) => new Promise((done) => setTimeout(done, ms)) } = seed
  const ids = seed.ids ?? createIds(clock)
  let entries: PublishedEntry[] = []
  const holds = new Map<string, Hold>()
  const answers = new Map<string, { fingerprint: string; requestId: string; at: number }>()
  const keys = new Map<string, KeyRow>()
  const budgets = new Map<BudgetAccount, Budget>()
  const buckets = new Map<string, Bucket>()
  const waiters = new Map<string, ((outcome: 'settled' | 'released') => void)[]>()
  let requestsPerMinute = seed.requestsPerMinute ?? null
  let failure: Error | null = null

  const sum = <T>(items: Iterable<T>, of: (item: T) => number) => [...items].reduce((total, item) => total + of(item), 0)
  const liveHolds = () => [...holds.values()].filter((hold) => hold.state === 'held')
  const balanceMicros = () => sum(entries, (entry) => entry.amountMicros)
  const heldMicros = () => sum(liveHolds(), (hold) => hold.heldMicros)
  const availableMicros = () => balanceMicros() - heldMicros()

  /** Holds that have run out free what they held; their Idempotency-Key is free again as well. */
  function expire() {
    for (const hold of liveHolds()) if (hold.expiresAt <= clock()) end(hold, 'expired')
  }

  function end(hold: Hold, state: 'settled' | 'released' | 'expired') {
    hold.state = state
    for (const wake of waiters.get(hold.requestId) ?? []) wake(state === 'settled' ? 'settled' : 'released')
    waiters.delete(hold.requestId)
  }

  const accountsOf = ({ keyId, userId }: { keyId: string | null; userId: string | null }): BudgetAccount[] => [
    'organization',
    ...(keyId ? [`key:${keyId}` as const] : []),
    ...(userId ? [`member:${userId}` as const] : []),
  ]
  const budgetOf = (account: BudgetAccount): Budget | null =>
    account.startsWith('key:') ? (keys.get(account.slice(4))?.budget ?? null) : (budgets.get(account) ?? null)

  function budgetState(account: BudgetAccount, budget: Budget): BudgetState {
    const from = periodStart(budget.period, clock())
    const charges = entries.filter((entry) => entry.kind === 'charge' && entry.at >= from && accountsOf(entry).includes(account))
    const held = liveHolds().filter((hold) => accountsOf(hold).includes(account))
    return {
      account,
      ...budget,
      spentMicros: 0 - sum(charges, (entry) => entry.amountMicros),
      heldMicros: sum(held, (hold) => hold.heldMicros),
      resetsAt: periodEnd(budget.period, clock()),
    }
  }
  const budgetStatesOf = (payer: { keyId: string | null; userId: string | null }) =>
    accountsOf(payer).flatMap((account) => {
      const budget = budgetOf(account)
      return budget ? [budgetState(account, budget)] : []
    })
  const leftOf = (state: BudgetState) => state.limitMicros - state.spentMicros - state.heldMicros

  function addEntry(fields: Partial<LedgerEntry> & Pick<LedgerEntry, 'kind' | 'amountMicros'>): PublishedEntry {
    const blank = { requestId: null, service: null, model: null, provider: null, keyId: null, userId: null, usage: null, price: null, estimated: false, note: null }
    const entry = { ...blank, id: ids('entry'), at: clock(), ...fields, organizationId, sequence: entries.length + 1 }
    entries.push(entry)
    return entry
  }

  const limitsFor = (key: KeyRow | null, organizationToo: boolean) => [
    ...(key?.rateLimitRpm ? [{ name: 'key' as const, bucket: `key:${key.id}`, limit: key.rateLimitRpm }] : []),
    ...(organizationToo && requestsPerMinute ? [{ name: 'organization' as const, bucket: 'organization', limit: requestsPerMinute }] : []),
  ]
  type Limit = ReturnType<typeof limitsFor>[number]
  const bucketOf = (limit: Limit) => buckets.get(limit.bucket) ?? fullBucket
  const rulesOf = (limit: Limit) => ({ limit: limit.limit, windowMs: WINDOW_MS })

  function rateLimitState(limit: Limit): RateLimitState {
    const { remaining, resetMs } = viewBucket(bucketOf(limit), rulesOf(limit), clock())
    return { name: limit.name, limit: limit.limit, remaining, resetSeconds: Math.ceil(resetMs / 1000), windowSeconds: WINDOW_MS / 1000 }
  }
  function rateRefusal(limits: Limit[]) {
    const refusing = limits
      .map((limit) => ({ limit, waitMs: bucketWaitMs(bucketOf(limit), rulesOf(limit), clock()) }))
      .filter(({ waitMs }) => waitMs > 0)
      .sort((a, b) => b.waitMs - a.waitMs)[0]
    if (!refusing) return null
    const retryAfterSeconds = Math.max(1, Math.ceil(refusing.waitMs / 1000))
    return { ok: false, code: 'rate_limit_exceeded', rateLimit: rateLimitState(refusing.limit), retryAfterSeconds } as const
  }
  const takeTokens = (limits: Limit[]) => {
    for (const limit of limits) buckets.set(limit.bucket, takeFromBucket(bucketOf(limit), rulesOf(limit), clock()))
  }
  const tightest = (limits: Limit[]): RateLimitState | null =>
    limits.map(rateLimitState).sort((a, b) => a.remaining - b.remaining || a.limit - b.limit)[0] ?? null

  function checkKey(keyId: string, secretHash: string | null) {
    const refuse = (reason: 'unknown' | 'revoked' | 'expired') => ({ ok: false, code: 'invalid_api_key', reason }) as const
    const key = keys.get(keyId)
    if (!key || (secretHash !== null && !equalInConstantTime(key.secretHash, secretHash))) return refuse('unknown')
    if (key.revokedAt !== null) return refuse('revoked')
    if (key.expiresAt !== null && key.expiresAt <= clock()) return refuse('expired')
    return { ok: true, key } as const
  }

  function checkPayer(payer: Payer, scope: AdmitInput['scope'], model: string): { ok: true; key: KeyRow | null; userId: string } | Extract<Admission, { ok: false }> {
    if (payer.kind === 'user') return roleMayUse(payer.role, scope) ? { ok: true, key: null, userId: payer.userId } : { ok: false, code: 'permission_denied', scope }
    const verdict = checkKey(payer.keyId, payer.kind === 'key' ? payer.secretHash : null)
    if (!verdict.ok) return verdict
    if (!verdict.key.scopes.includes(scope)) return { ok: false, code: 'permission_denied', scope }
    if (verdict.key.models && !verdict.key.models.includes(model)) return { ok: false, code: 'model_not_allowed', model }
    return { ok: true, key: verdict.key, userId: verdict.key.userId }
  }

  const answerName = (payer: Payer, key: string) => JSON.stringify([payer.kind === 'user' ? `user:${payer.userId}` : `key:${payer.keyId}`, key])

  function checkIdempotency({ payer, idempotency }: AdmitInput): Extract<Admission, { ok: false }> | null {
    if (!idempotency) return null
    const name = answerName(payer, idempotency.key)
    const running = liveHolds().find((hold) => hold.answer?.name === name)
    const kept = answers.get(name)
    const known = running ? { fingerprint: running.answer!.fingerprint, requestId: running.requestId } : kept && kept.at + ANSWER_LIFETIME_MS > clock() ? kept : null
    if (!known) return null
    if (known.fingerprint !== idempotency.fingerprint) return { ok: false, code: 'idempotency_mismatch' }
    return { ok: false, code: running ? 'idempotency_in_progress' : 'replay', requestId: known.requestId }
  }

  function checkMoney(states: BudgetState[], neededMicros: number): Extract<Admission, { ok: false }> | null {
    for (const state of states) {
      const availableMicros = Math.max(0, leftOf(state))
      if (availableMicros >= neededMicros) continue
      const { account, resetsAt } = state
      if (state.limitMicros - state.spentMicros >= neededMicros) return { ok: false, code: 'budget_held', account, neededMicros, availableMicros }
      return { ok: false, code: 'budget_exceeded', account, neededMicros, availableMicros, resetsAt }
    }
    if (availableMicros() >= neededMicros) return null
    if (balanceMicros() >= neededMicros) return { ok: false, code: 'credit_held', neededMicros, availableMicros: availableMicros(), heldMicros: heldMicros() }
    return { ok: false, code: 'insufficient_credits', neededMicros, availableMicros: availableMicros() }
  }

  function admit(input: AdmitInput): Admission {
    const payer = checkPayer(input.payer, input.scope, input.model)
    if (!payer.ok) return payer
    const { key, userId } = payer
    const keyId = key?.id ?? null
    const keyUserId = key?.userId ?? null
    const limits = limitsFor(input.payer.kind === 'key' ? key : null, true)
    const before = holds.get(input.requestId)
    if (before?.state === 'held') return { ok: true, heldMicros: before.heldMicros, keyUserId, rateLimit: tightest(limits) }
    if (before) return { ok: false, code: 'replay', requestId: input.requestId }
    const known = checkIdempotency(input)
    if (known && known.code !== 'replay') return known
    const tooFast = rateRefusal(limits)
    if (tooFast) return tooFast
    if (!known) {
      const states = budgetStatesOf({ keyId, userId })
      const refusal = checkMoney(states, Math.min(input.floorMicros, input.ceilingMicros))
      if (refusal) return refusal
      const affordable = Math.max(0, Math.min(availableMicros(), ...states.map(leftOf)))
      const { requestId, service, model, provider } = input
      const answer = input.idempotency ? { name: answerName(input.payer, input.idempotency.key), fingerprint: input.idempotency.fingerprint } : null
      const heldMicros = Math.min(input.ceilingMicros, affordable)
      holds.set(requestId, { requestId, keyId, userId, service, model, provider, answer, heldMicros, expiresAt: clock() + input.ttlMs, state: 'held' })
    }
    takeTokens(limits)
    if (key) key.lastUsedAt = clock()
    return known ?? { ok: true, heldMicros: holds.get(input.requestId)!.heldMicros, keyUserId, rateLimit: tightest(limits) }
  }

  function settle({ requestId, amountMicros, usage, price, estimated, answerKept }: SettleInput): Settlement {
    const hold = holds.get(requestId)
    if (!hold) return { ok: false, code: 'unknown_hold' }
    const charged = entries.find((entry) => entry.requestId === requestId)
    if (charged) return { ok: true, amountMicros: 0 - charged.amountMicros, entryId: charged.id, repeated: true }
    if (hold.state === 'released') return { ok: true, amountMicros: 0, entryId: null, repeated: true }
    const late = hold.state === 'expired'
    const bounded = Math.min(amountMicros, hold.heldMicros)
    const amount = late ? Math.max(0, Math.min(bounded, availableMicros(), ...budgetStatesOf(hold).map(leftOf))) : bounded
    const { keyId, userId, service, model, provider } = hold
    const note = late ? (amount < bounded ? 'late-settlement-capped' : 'late-settlement') : null
    const entry = addEntry({ kind: 'charge', amountMicros: 0 - amount, requestId, keyId, userId, service, model, provider, usage, price, estimated, note })
    const taken = hold.answer && [...liveHolds()].some((other) => other !== hold && other.answer?.name === hold.answer?.name)
    const kept = hold.answer && answers.get(hold.answer.name)
    const free = !late || (!taken && !(kept && kept.at + ANSWER_LIFETIME_MS > clock()))
    if (hold.answer && answerKept && free) answers.set(hold.answer.name, { fingerprint: hold.answer.fingerprint, requestId, at: clock() })
    end(hold, 'settled')
    return { ok: true, amountMicros: amount, entryId: entry.id }
  }

  function grant({ id, amountMicros, kind = 'grant', note }: GrantInput) {
    if (!Number.isSafeInteger(amountMicros) || (kind !== 'adjustment' && amountMicros < 0)) throw new RangeError(`not an amount to grant: ${amountMicros}`)
    const known = grants.get(id)
    if (known) return { entry: toLedgerEntry(known), repeated: true }
    const entry = addEntry({ kind, amountMicros: Math.max(amountMicros, -availableMicros()) || 0, note: note ?? null })
    grants.set(id, entry)
    return { entry: toLedgerEntry(entry), repeated: false }
  }
  const grants = new Map<string, PublishedEntry>()

  const keyState = (key: KeyRow) => {
    const { spentMicros } = budgetState(`key:${key.id}`, key.budget ?? { limitMicros: 0, period: 'forever' })
    return { ...key, spentMicros }
  }
  const keyOf = (id: string, userId?: string) => {
    const key = keys.get(id)
    return key && (userId === undefined || key.userId === userId) ? key : null
  }
  const revoke = (key: KeyRow) => {
    key.revokedAt ??= clock()
    return keyState(key)
  }

  function pageOf<T>(list: string, items: T[], placeOf: (item: T) => string | number, { limit, cursor }: { limit: number; cursor?: string }) {
    const place = cursor === undefined ? null : decodeCursor(list, cursor)
    const found = items.findIndex((item) => String(placeOf(item)) === place)
    if (cursor !== undefined && found < 0) throw invalidCursor()
    const rest = items.slice(found + 1)
    const data = rest.slice(0, limit)
    return { data, nextCursor: rest.length > limit ? encodeCursor(list, placeOf(data.at(-1)!)) : null }
  }

  /** What every call does first: fails where the test says so, then frees what has run out. */
  const asked = <A extends unknown[], R>(answer: (...input: A) => R | Promise<R>) => {
    return async (...input: A): Promise<Awaited<R>> => {
      if (failure) throw failure
      expire()
      return await answer(...input)
    }
  }

  const ledger: InMemoryLedger = {
    admit: asked(admit),
    settle: asked(settle),
    release: asked(({ requestId }) => {
      const hold = holds.get(requestId)
      if (hold?.state === 'held' || hold?.state === 'expired') end(hold, 'released')
    }),
    awaitSettlement: asked(({ requestId, timeoutMs }) => {
      const hold = holds.get(requestId)
      if (hold?.state !== 'held') return hold?.state === 'settled' ? 'settled' : 'released'
      const ended = new Promise<'settled' | 'released'>((wake) => waiters.set(requestId, [...(waiters.get(requestId) ?? []), wake]))
      return Promise.race([ended, wait(timeoutMs).then(() => 'running' as const)])
    }),
    grant: asked(grant),
    balance: asked((): Balance => ({ balanceMicros: balanceMicros(), heldMicros: heldMicros(), availableMicros: availableMicros() })),
    entries: asked(({ limit, cursor, requestId, userId }) => {
      const shown = entries.filter((entry) => (requestId === undefined || entry.requestId === requestId) && (userId === undefined || entry.userId === userId))
      const page = pageOf('entries', shown.toReversed(), (entry) => entry.sequence, { limit, cursor })
      return { ...page, data: page.data.map(toLedgerEntry) }
    }),
    summary: asked((input) => summarizeEntries(entries, input)),
    createKey: asked((record) => void (keys.has(record.id) || keys.set(record.id, { ...structuredClone(record), lastUsedAt: null }))),
    updateKey: asked(({ id, userId, change }) => {
      const key = keyOf(id, userId)
      return key ? keyState(Object.assign(key, structuredClone(change))) : null
    }),
    revokeKey: asked(({ id, userId }) => {
      const key = keyOf(id, userId)
      return key ? revoke(key) : null
    }),
    revokeKeysOf: asked(({ userId }) => [...keys.values()].filter((key) => key.userId === userId && key.revokedAt === null).map(revoke).length),
    keys: asked(({ limit, cursor, userId }) => {
      const shown = [...keys.values()].filter((key) => userId === undefined || key.userId === userId).sort((a, b) => (a.id < b.id ? 1 : -1))
      return pageOf('keys', shown.map(keyState), (key) => key.id, { limit, cursor })
    }),
    verifyKey: asked(({ keyId, secretHash }): KeyVerdict => {
      const verdict = checkKey(keyId, secretHash)
      if (!verdict.ok) return verdict
      const limits = limitsFor(verdict.key, false)
      const tooFast = rateRefusal(limits)
      if (tooFast) return tooFast
      takeTokens(limits)
      verdict.key.lastUsedAt = clock()
      return { ok: true, keyId, userId: verdict.key.userId, scopes: [...verdict.key.scopes], rateLimit: tightest(limits) }
    }),
    setBudget: asked(({ account, budget }) => void (budget ? budgets.set(account, { ...budget }) : budgets.delete(account))),
    budgets: asked(() => {
      const ofKeys = [...keys.values()].filter((key) => key.revokedAt === null && key.budget).map((key) => [`key:${key.id}`, key.budget!] as [BudgetAccount, Budget])
      return [...budgets, ...ofKeys].sort(([a], [b]) => (a < b ? -1 : 1)).map(([account, budget]) => budgetState(account, budget))
    }),
    setRateLimit: asked((input) => void (requestsPerMinute = input.requestsPerMinute)),
    republish: asked(() => ({ entries: entries.length })),
    erase: asked(() => {
      entries = []
      for (const memory of [holds, answers, keys, budgets, buckets, grants]) memory.clear()
      requestsPerMinute = null
    }),
    liveHolds: () => (expire(), liveHolds().map((hold) => hold.requestId)),
    published: () => [...entries],
    failWith: (error) => void (failure = error),
  }

  for (const key of seed.keys ?? []) keys.set(key.id, { ...structuredClone(key), lastUsedAt: null })
  for (const { account, ...budget } of seed.budgets ?? []) budgets.set(account, budget)
  if (seed.balanceMicros) grant({ id: 'seed', amountMicros: seed.balanceMicros })
  return ledger
}

function toLedgerEntry({ organizationId: _organization, sequence: _sequence, ...entry }: PublishedEntry): LedgerEntry {
  return structuredClone(entry)
}
