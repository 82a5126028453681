// A ledger for unit tests: the same promises as the real object, kept the naive way. Every figure is summed
// up anew from the list of entries and holds, so that the real one's running totals have something to be
// compared with. It passes the same suite (`ledger-conformance.ts`).
import type {
  AdmitInput,
  Admission,
  AmendInput,
  BudgetAccount,
  GrantInput,
  KeyVerdict,
  LedgerEntry,
  Limits,
  Payer,
  PublishedEntry,
  SettleInput,
  Settlement,
} from '../contracts/ledger.ts'
import { noPolicy, type PolicySnapshot } from '../contracts/policy.ts'
import { invalidCursor } from '../http/problems.ts'
import { systemClock } from '../lib/clock.ts'
import { decodeCursor, encodeCursor } from '../lib/cursor.ts'
import { createIds } from '../lib/ids.ts'
import { limitsAnything, limitsOfKey, noLimits, withLimits } from './account-limits.ts'
import { createInMemoryBooks } from './in-memory-books.ts'
import { createInMemoryKeys } from './in-memory-keys.ts'
import type { Hold, InMemoryLedger, InMemoryLedgerSeed, KeyRow } from './in-memory-ledger-types.ts'
import { createInMemoryLimits, keyLimits, organizationLimits } from './in-memory-limits.ts'
import { summarizeEntries } from './summarize-entries.ts'

const ANSWER_LIFETIME_MS = 24 * 3_600_000

const answerName = (payer: Payer, key: string) =>
  JSON.stringify([payer.kind === 'user' ? `user:${payer.userId}` : `key:${payer.keyId}`, key])

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
  const books = createInMemoryBooks({ clock, ids: seed.ids ?? createIds(clock), organizationId, keys: keys.rows })
  const limits = createInMemoryLimits(clock)
  const answers = new Map<string, { fingerprint: string; requestId: string; at: number }>()
  const grants = new Map<string, PublishedEntry>()
  const waiters = new Map<string, ((outcome: 'settled' | 'released') => void)[]>()
  const accountLimits = new Map<BudgetAccount, Limits>()
  let policy: PolicySnapshot = noPolicy
  let failure: Error | null = null

  /** Holds that have run out free what they held; their Idempotency-Key is free again as well. */
  function expire() {
    for (const hold of books.liveHolds()) if (hold.expiresAt <= clock()) end(hold, 'expired')
  }

  function end(hold: Hold, state: 'settled' | 'released' | 'expired') {
    hold.state = state
    for (const wake of waiters.get(hold.requestId) ?? []) wake(state === 'settled' ? 'settled' : 'released')
    waiters.delete(hold.requestId)
  }

  const runningUnder = (name: string) => books.liveHolds().find((hold) => hold.answer?.name === name)
  const keptUnder = (name: string) => {
    const kept = answers.get(name)
    return kept && kept.at + ANSWER_LIFETIME_MS > clock() ? kept : undefined
  }

  function checkIdempotency({ payer, idempotency }: AdmitInput): Extract<Admission, { ok: false }> | null {
    if (!idempotency) return null
    const name = answerName(payer, idempotency.key)
    const running = runningUnder(name)
    const known = running ? { fingerprint: running.answer!.fingerprint, requestId: running.requestId } : keptUnder(name)
    if (!known) return null
    if (known.fingerprint !== idempotency.fingerprint) return { ok: false, code: 'idempotency_mismatch' }
    return { ok: false, code: running ? 'idempotency_in_progress' : 'replay', requestId: known.requestId }
  }

  function hold(
    input: AdmitInput,
    payer: { keyId: string | null; userId: string; model: string },
  ): Extract<Admission, { ok: false }> | null {
    const refusal = books.refuseUnaffordable(payer, Math.min(input.floorMicros, input.ceilingMicros))
    if (refusal) return refusal
    const { requestId, service, provider, idempotency, tokens = 0, abandoned = null } = input
    const answer = idempotency
      ? { name: answerName(input.payer, idempotency.key), fingerprint: idempotency.fingerprint }
      : null
    const heldMicros = Math.min(input.ceilingMicros, books.affordable(payer))
    const expiresAt = clock() + input.ttlMs
    books.holds.set(requestId, {
      requestId,
      ...payer,
      service,
      provider,
      answer,
      heldMicros,
      tokens,
      abandoned,
      expiresAt,
      state: 'held',
    })
    return null
  }

  function admit(input: AdmitInput): Admission {
    const payer = keys.checkPayer(input, policy)
    if (!payer.ok) return payer
    const { key, userId } = payer
    const windows = [
      ...(input.payer.kind === 'key' ? keyLimits(key) : []),
      ...organizationLimits(accountLimits.get('organization')?.requestsPerMinute ?? null),
    ]
    const admitted = ({ heldMicros }: Hold): Admission => ({
      ok: true,
      heldMicros,
      keyUserId: key?.userId ?? null,
      rateLimit: limits.tightest(windows),
      ...(key?.cacheSeconds && { keyCacheSeconds: key.cacheSeconds }),
    })
    const before = books.holds.get(input.requestId)
    if (before?.state === 'held') return admitted(before)
    if (before) return { ok: false, code: 'replay', requestId: input.requestId }
    const known = checkIdempotency(input)
    if (known && known.code !== 'replay') return known
    const refusal =
      limits.refuse(windows) ?? (known ? null : hold(input, { keyId: key?.id ?? null, userId, model: input.model }))
    if (refusal) return refusal
    limits.take(windows)
    if (key) key.lastUsedAt = clock()
    return known ?? admitted(books.holds.get(input.requestId)!)
  }

  function settle({ requestId, amountMicros, usage, price, estimated, answerKept }: SettleInput): Settlement {
    const held = books.holds.get(requestId)
    if (!held) return { ok: false, code: 'unknown_hold' }
    const charged = books.entries.find((entry) => entry.requestId === requestId)
    if (charged) return { ok: true, amountMicros: 0 - charged.amountMicros, entryId: charged.id, repeated: true }
    if (held.state === 'released') return { ok: true, amountMicros: 0, entryId: null, repeated: true }
    const late = held.state === 'expired'
    const bounded = Math.min(amountMicros, held.heldMicros)
    const amount = late ? Math.min(bounded, books.affordable(held)) : bounded
    const note = late ? (amount < bounded ? 'late-settlement-capped' : 'late-settlement') : null
    const { keyId, userId, service, model, provider, answer } = held
    const about = { requestId, keyId, userId, service, model, provider, usage, price, estimated, note }
    const entry = books.addEntry({ kind: 'charge', amountMicros: 0 - amount, ...about })
    const taken = late && answer && (runningUnder(answer.name) ?? keptUnder(answer.name))
    if (answer && answerKept && !taken)
      answers.set(answer.name, { fingerprint: answer.fingerprint, requestId, at: clock() })
    end(held, 'settled')
    return { ok: true, amountMicros: amount, entryId: entry.id }
  }

  function amend({ requestId, model, provider, tokens = 0, abandoned, ...price }: AmendInput): Admission {
    const held = books.holds.get(requestId)
    if (held?.state !== 'held') return { ok: false, code: 'replay', requestId }
    const key = held.keyId === null ? null : keys.find(held.keyId)
    if (key?.models && !key.models.includes(model)) return { ok: false, code: 'model_not_allowed', model }
    books.holds.delete(requestId)
    const next: Hold = { ...held, model, provider, tokens, abandoned: abandoned ?? null }
    const refusal = books.refuseUnaffordable(next, Math.min(price.floorMicros, price.ceilingMicros))
    if (!refusal) next.heldMicros = Math.min(price.ceilingMicros, books.affordable(next))
    books.holds.set(requestId, refusal ? held : next)
    return refusal ?? { ok: true, heldMicros: next.heldMicros, keyUserId: key?.userId ?? null, rateLimit: null }
  }

  function renew({ requestId, ttlMs }: { requestId: string; ttlMs: number }) {
    const held = books.holds.get(requestId)
    if (held?.state === 'held') held.expiresAt = Math.max(held.expiresAt, clock() + ttlMs)
  }

  function limitsOf(account: BudgetAccount): Limits {
    return accountLimits.get(account) ?? noLimits
  }
  function setLimits({ account, limits: change }: { account: BudgetAccount; limits: Partial<Limits> }) {
    accountLimits.set(account, withLimits(limitsOf(account), change))
  }
  const listLimits = () =>
    [
      ...[...accountLimits].map(([account, own]) => ({ account, ...own })),
      ...[...keys.rows.values()]
        .filter((key) => key.revokedAt === null)
        .map((key) => ({ account: `key:${key.id}` as const, ...limitsOfKey(key) })),
    ]
      .filter(limitsAnything)
      .sort((a, b) => (a.account < b.account ? -1 : 1))

  function grant({ id, amountMicros, kind = 'grant', note }: GrantInput) {
    if (!Number.isSafeInteger(amountMicros) || (kind !== 'adjustment' && amountMicros < 0))
      throw new RangeError(`not an amount to grant: ${amountMicros}`)
    const known = grants.get(id)
    if (known) return { entry: toLedgerEntry(known), repeated: true }
    const atLeast = 0 - books.balance().availableMicros
    const entry = books.addEntry({ kind, amountMicros: Math.max(amountMicros, atLeast), note: note ?? null })
    grants.set(id, entry)
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
    const windows = keyLimits(verdict.key)
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
    if (held?.state !== 'held') return Promise.resolve(held?.state === 'settled' ? 'settled' : 'released')
    const ended = new Promise<'settled' | 'released'>((wake) =>
      waiters.set(requestId, [...(waiters.get(requestId) ?? []), wake]),
    )
    return Promise.race([ended, wait(timeoutMs).then(() => 'running' as const)])
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
    admitMany: asked((inputs) => inputs.map(admit)),
    settle: asked(settle),
    settleMany: asked((inputs) => inputs.map(settle)),
    amend: asked(amend),
    renew: asked(renew),
    release: asked(({ requestId }) => {
      const held = books.holds.get(requestId)
      if (held?.state === 'held' || held?.state === 'expired') end(held, 'released')
    }),
    awaitSettlement: asked(standing),
    grant: asked(grant),
    balance: asked(() => books.balance()),
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
      return key ? keyState(Object.assign(key, structuredClone(change))) : null
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
    setBudget: asked(
      ({ account, budget }) =>
        void (budget ? books.budgets.set(account, { ...budget }) : books.budgets.delete(account)),
    ),
    budgets: asked(() => books.listBudgets()),
    setLimits: asked(setLimits),
    limits: asked(listLimits),
    setRateLimit: asked((input) => setLimits({ account: 'organization', limits: input })),
    policy: asked(() => structuredClone(policy)),
    setPolicy: asked(({ ifVersion, ...change }) => {
      if (ifVersion !== undefined && ifVersion !== policy.version) return { ...structuredClone(policy), conflict: true }
      policy = structuredClone({ ...policy, ...change, version: policy.version + 1 })
      return structuredClone(policy)
    }),
    republish: asked(() => ({ entries: books.entries.length })),
    erase: asked(() => {
      for (const memory of [books, limits, answers, grants, keys.rows, accountLimits]) memory.clear()
      policy = noPolicy
    }),
    liveHolds: () => {
      expire()
      return books.liveHolds().map(({ requestId }) => requestId)
    },
    published: () => [...books.entries],
    failWith: (error) => void (failure = error),
  }

  for (const key of seed.keys ?? []) keys.rows.set(key.id, { ...structuredClone(key), lastUsedAt: null })
  for (const { account, ...budget } of seed.budgets ?? []) books.budgets.set(account, budget)
  if (seed.requestsPerMinute)
    setLimits({ account: 'organization', limits: { requestsPerMinute: seed.requestsPerMinute } })
  if (seed.balanceMicros) grant({ id: 'seed', amountMicros: seed.balanceMicros })
  return ledger
}
