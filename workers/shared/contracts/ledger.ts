// What a Worker may ask an organization's Ledger. One object per organization, named by its id. Expected
// outcomes are data (`ok: false`); anything thrown means that the ledger could not be asked, and a paid
// call then fails closed. Every method is idempotent by the id it is given.
import type { Usage, UnitPrices } from '../lib/money.ts'
import type { Role, Scope } from './permissions.ts'
import type { PolicySnapshot } from './policy.ts'

export type BudgetPeriod = 'day' | 'week' | 'month' | 'forever'

/** A limit on what one key or member may spend in a period (calendar periods, UTC; weeks begin on Monday). */
export interface Budget {
  limitMicros: number
  period: BudgetPeriod
}

/** Whose budget: the whole organization's, a key's, a member's, or what the organization spends on one model. */
export type BudgetAccount = 'organization' | `key:${string}` | `member:${string}` | `model:${string}`

/** What one account may do beside what it may spend. Null: no limit of its own. */
export interface Limits {
  requestsPerMinute: number | null
  /** Prompt and answer together: what a call may reach is taken when it is admitted and put right when it is settled. */
  tokensPerMinute: number | null
  /** Calls at the same time. */
  parallelRequests: number | null
  /** Shares of the budget, in percent, at which a notice is sent (once a period each). */
  alertPercents: number[]
}

export interface BudgetState extends Budget {
  account: BudgetAccount
  /** Spent in the present period. */
  spentMicros: number
  heldMicros: number
  /** When the period ends; null for `forever`. */
  resetsAt: number | null
}

/** Who pays: a signed-in member, or a key whose secret is checked here, in the same trip. */
export type Payer =
  | { kind: 'user'; userId: string; role: Role }
  | { kind: 'key'; keyId: string; secretHash: string }
  /** A key that the gateway has had verified already (it opened an /api route). */
  | { kind: 'verified-key'; keyId: string }

export interface AdmitInput {
  /** The request's id. It names the hold and the charge: one request, at most one charge. */
  requestId: string
  payer: Payer
  scope: Scope
  service: string
  /** Full id, `vendor/name`. */
  model: string
  provider: string
  /** The highest price this call can reach. */
  ceilingMicros: number
  /** The lowest price at which an answer is still useful; between the two, what can be afforded is held. */
  floorMicros: number
  /** The hold frees itself after this long, whatever happened to the Worker. */
  ttlMs: number
  /** `Idempotency-Key` of the caller, with a hash of what was asked. */
  idempotency?: { key: string; fingerprint: string }
  /** The most tokens that this call can count, prompt and answers: for limits per minute. */
  tokens?: number
  /**
   * The running request that this one is a part of: what the organization has asked of the side (a guardrail's
   * moderation). It was let in with that one: neither its key's scopes and models nor limits of requests and of calls
   * at once are asked again; budgets and the balance are. Where that one does not run any more it is a request like any.
   */
  partOf?: string
  /** Which policy the caller has acted on; where it is not the present one, the answer is `policy_changed`. */
  policyVersion?: number
  /** What is charged where the hold runs out because the Worker that had it was lost: what was known when it was taken. */
  abandoned?: { amountMicros: number; usage: Usage; price: UnitPrices; costMicros?: number }
}

/** A call that has failed before its first byte goes to another model or vendor: its hold becomes that one's. */
export interface AmendInput {
  requestId: string
  model: string
  provider: string
  ceilingMicros: number
  floorMicros: number
  tokens?: number
  abandoned?: AdmitInput['abandoned']
}

export interface RateLimitState {
  /** Which limit speaks: the tightest of those that apply. */
  name: 'key' | 'organization' | 'member' | 'model' | 'plan'
  /** What is counted; absent: requests. */
  unit?: 'requests' | 'tokens'
  limit: number
  remaining: number
  /** Seconds until it is whole again. */
  resetSeconds: number
  windowSeconds: number
}

export type Admission =
  | {
      ok: true
      heldMicros: number
      keyUserId: string | null
      rateLimit: RateLimitState | null
      /** How long answers are kept for equal requests, where the key has that switched on; null or absent: not. */
      keyCacheSeconds?: number | null
    }
  /** The caller acted on an old policy: here is the present one, ask again with it. Nothing was taken. */
  | { ok: false; code: 'policy_changed'; snapshot: PolicySnapshot }
  /** The same Idempotency-Key and body were answered before: give that answer again, charge nothing. */
  | { ok: false; code: 'replay'; requestId: string }
  /** The first request with this Idempotency-Key is still being answered. */
  | { ok: false; code: 'idempotency_in_progress'; requestId: string }
  | { ok: false; code: 'idempotency_mismatch' }
  | { ok: false; code: 'invalid_api_key'; reason: 'unknown' | 'revoked' | 'expired' }
  | { ok: false; code: 'permission_denied'; scope: Scope }
  | { ok: false; code: 'model_not_allowed'; model: string }
  /** The organization's plan does not have this model; another plan may. */
  | { ok: false; code: 'model_not_in_plan'; model: string; planId: string }
  /** A payment is overdue and its grace is over: nothing paid runs until it is made. */
  | { ok: false; code: 'payment_overdue' }
  | {
      ok: false
      code: 'rate_limit_exceeded'
      rateLimit: RateLimitState
      retryAfterSeconds: number
      /** Where tokens are what is limited: how many this call may reach. More than the limit never are free. */
      neededTokens?: number
    }
  /** As many calls as this account may have at once are running. */
  | { ok: false; code: 'too_many_parallel_requests'; account: BudgetAccount; limit: number }
  /** Out of credit, whatever else is in flight. */
  | { ok: false; code: 'insufficient_credits'; neededMicros: number; availableMicros: number }
  /** There is credit, but requests in flight hold it: try again when they are done. */
  | { ok: false; code: 'credit_held'; neededMicros: number; availableMicros: number; heldMicros: number }
  | {
      ok: false
      code: 'budget_exceeded'
      account: BudgetAccount
      neededMicros: number
      availableMicros: number
      resetsAt: number | null
    }
  /** The budget has room, but requests in flight hold it. */
  | { ok: false; code: 'budget_held'; account: BudgetAccount; neededMicros: number; availableMicros: number }

export interface SettleInput {
  requestId: string
  /** What is charged. Never more than was held; the rest of the hold is released. */
  amountMicros: number
  usage: Usage
  /** The unit prices that were applied, so that the charge can be explained a year later. */
  price: UnitPrices
  /** What the provider takes for it at its list price; 0 where it takes nothing of us, absent where that is not known. */
  costMicros?: number
  /** True where the provider gave no count and ours was used. */
  estimated: boolean
  /** False where the answer must not be given again for the same Idempotency-Key (it failed): the key is free again. */
  answerKept: boolean
}

export type Settlement =
  | { ok: true; amountMicros: number; entryId: string | null }
  /** This request was settled before; the first charge stands. */
  | { ok: true; amountMicros: number; entryId: string | null; repeated: true }
  /** No hold of this name was ever made: nothing is charged. */
  | { ok: false; code: 'unknown_hold' }

export type EntryKind = 'grant' | 'charge' | 'refund' | 'adjustment' | 'expiry'

export interface LedgerEntry {
  id: string
  /** Milliseconds since the epoch. */
  at: number
  kind: EntryKind
  /** Signed: a charge is negative. The sum of all entries is the balance. */
  amountMicros: number
  requestId: string | null
  service: string | null
  model: string | null
  provider: string | null
  keyId: string | null
  userId: string | null
  usage: Usage | null
  price: UnitPrices | null
  estimated: boolean
  /** Why, for a grant, refund or adjustment. */
  note: string | null
  /** What the provider took, at its list price. Of the operator's own: no member is shown it. */
  costMicros: number | null
  /** The plan that the organization had. */
  planId: string | null
}

/** Where credit comes from. `overage` is granted by the ledger itself, in the moment it is used. */
export const creditSources = ['included', 'promotion', 'bought', 'overage'] as const
export type CreditSource = (typeof creditSources)[number]

export interface GrantInput {
  /** Names the grant: the same id is granted once (`invoice:in_…`, or `signup`). */
  id: string
  amountMicros: number
  kind?: 'grant' | 'refund' | 'adjustment'
  note?: string
  /** Absent: `promotion`. */
  source?: Exclude<CreditSource, 'overage'>
  /** Milliseconds since the epoch; absent or null: never. What is left then becomes an entry of kind `expiry`. */
  expiresAt?: number | null
  /** Grants that follow one another, such as those of one subscription. */
  series?: string
  /** What is left of earlier grants of the series expires in the same moment, before this one is added. */
  replacesSeries?: boolean
}

/** What is left of one grant. Used in the order of `metering/credit-rules.ts`. */
export interface CreditLot {
  /** The grant's id. */
  id: string
  source: CreditSource
  amountMicros: number
  remainingMicros: number
  grantedAt: number
  expiresAt: number | null
  series: string | null
}

export interface Credits {
  /** In the order in which they will be used; the empty ones are left out. Their rest is the balance. */
  lots: CreditLot[]
  /** Taken back when it was spent already: the next grants pay it first. */
  owedMicros: number
  /** What overage has been used since the plan's `overdraft.since`. */
  overageMicros: number
}

export interface TakeBackInput {
  /** Names it: the same id takes back once (`refund:re_…`, `dispute:dp_…`). */
  id: string
  grantId: string
  /** At most what the grant gave, with all that was taken back of it before. */
  amountMicros: number
  note?: string
}

export type TakeBack =
  | {
      ok: true
      /** What left the balance now: never more than nobody holds. */
      takenMicros: number
      /** What was spent already and is owed now. */
      owedMicros: number
      repeated: boolean
    }
  | { ok: false; code: 'unknown_grant' }

/** What the organization's plan gives it, beside credit. */
export interface PlanTerms {
  planId: string
  planVersion: number
  /** When this was found to be so (before Stripe was asked): an older one never replaces a newer one. */
  asOf: number
  requestsPerMinute: number | null
  tokensPerMinute: number | null
  parallelRequests: number | null
  /** Full model ids, or `vendor/*`; null for all. */
  models: string[] | null
  /** Nothing paid may begin: see `payment_overdue`. */
  readOnly: boolean
  /**
   * What may be spent beyond the balance. It is granted as source `overage` in the moment it is needed, so the balance
   * never is below zero and the entries say what to bill. `capMicros` null: without end (the platform bills nobody).
   */
  overdraft: { kind: 'metered' | 'unlimited'; capMicros: number | null; since: number } | null
}

export interface Balance {
  balanceMicros: number
  heldMicros: number
  availableMicros: number
}

export interface KeyRecord {
  id: string
  name: string
  /** The member who made it; their budget applies as well. */
  userId: string
  /** SHA-256 of the whole key in hex. */
  secretHash: string
  /** The last characters of the key, to tell it by. */
  hint: string
  scopes: Scope[]
  /** Full model ids; null for all. */
  models: string[] | null
  budget: Budget | null
  rateLimitRpm: number | null
  /** Tokens per minute, prompt and answer. */
  rateLimitTpm?: number | null
  parallelRequests?: number | null
  /** Shares of the budget, in percent, at which a notice is sent; absent: 80. */
  alertPercents?: number[]
  /** How long this key's answers are given again to equal requests; absent or null: never unasked. */
  cacheSeconds?: number | null
  expiresAt: number | null
  createdAt: number
  revokedAt: number | null
}

export interface KeyState extends KeyRecord {
  lastUsedAt: number | null
  spentMicros: number
}

export type KeyVerdict =
  | { ok: true; keyId: string; userId: string; scopes: Scope[]; rateLimit: RateLimitState | null }
  | { ok: false; code: 'invalid_api_key'; reason: 'unknown' | 'revoked' | 'expired' }
  | { ok: false; code: 'rate_limit_exceeded'; rateLimit: RateLimitState; retryAfterSeconds: number }

export interface Page<T> {
  data: T[]
  /** Opaque; null on the last page. */
  nextCursor: string | null
}

export type SummaryBy = 'day' | 'model' | 'service' | 'member' | 'key'

export interface SummaryRow {
  /** The day (YYYY-MM-DD, UTC), model, service, member's or key's id; null where an entry has none. */
  group: string | null
  requests: number
  /** Positive: what was charged. */
  chargedMicros: number
  usage: Usage
}

export interface LedgerRpc {
  admit(input: AdmitInput): Promise<Admission>
  /** Several requests in one trip, one after the other: one that is refused does not touch the others. */
  admitMany(inputs: AdmitInput[]): Promise<Admission[]>
  settle(input: SettleInput): Promise<Settlement>
  settleMany(inputs: SettleInput[]): Promise<Settlement[]>
  /** One attempt has failed and another vendor or model is asked. Where it is refused, the hold stays as it was. */
  amend(input: AmendInput): Promise<Admission>
  /** The call still runs: its hold lives this much longer. What has ended stays ended. */
  renew(input: { requestId: string; ttlMs: number }): Promise<void>
  /** Nothing was delivered: the hold ends, nothing is charged, the Idempotency-Key is free again. */
  release(input: { requestId: string }): Promise<void>
  /** Resolves when the request is settled or released, or after `timeoutMs`. */
  awaitSettlement(input: { requestId: string; timeoutMs: number }): Promise<'settled' | 'released' | 'running'>

  grant(input: GrantInput): Promise<{ entry: LedgerEntry; repeated: boolean }>
  balance(): Promise<Balance>
  credits(): Promise<Credits>
  /** A refund or a dispute: credit goes back. What was spent already is owed, never silently below zero. */
  takeBack(input: TakeBackInput): Promise<TakeBack>
  /** A dispute was won: what that take-back took is granted again, and what it left owed is forgiven. Once. */
  giveBack(input: { takeBackId: string }): Promise<{ givenMicros: number; forgivenMicros: number; repeated: boolean }>
  /** A subscription has ended: what is left of its grants expires now (what is held: when it is free). */
  expireSeries(input: { id: string; series: string }): Promise<{ expiredMicros: number }>
  plan(): Promise<PlanTerms | null>
  /** False where a newer one is known. */
  setPlan(terms: PlanTerms): Promise<{ applied: boolean }>
  entries(input: { limit: number; cursor?: string; requestId?: string; userId?: string }): Promise<Page<LedgerEntry>>
  summary(input: { from: number; to: number; by: SummaryBy; userId?: string }): Promise<SummaryRow[]>

  createKey(record: KeyRecord): Promise<void>
  updateKey(input: {
    id: string
    userId?: string
    change: Partial<
      Pick<
        KeyRecord,
        | 'name'
        | 'scopes'
        | 'models'
        | 'budget'
        | 'rateLimitRpm'
        | 'rateLimitTpm'
        | 'parallelRequests'
        | 'alertPercents'
        | 'cacheSeconds'
        | 'expiresAt'
      >
    >
  }): Promise<KeyState | null>
  /** Null where there is no such key (of this member, where one is named). */
  revokeKey(input: { id: string; userId?: string }): Promise<KeyState | null>
  revokeKeysOf(input: { userId: string }): Promise<number>
  keys(input: { limit: number; cursor?: string; userId?: string }): Promise<Page<KeyState>>
  verifyKey(input: { keyId: string; secretHash: string }): Promise<KeyVerdict>

  setBudget(input: { account: Exclude<BudgetAccount, `key:${string}`>; budget: Budget | null }): Promise<void>
  /** Of every account but keys, whose records say theirs. Only what is named changes. */
  setLimits(input: { account: Exclude<BudgetAccount, `key:${string}`>; limits: Partial<Limits> }): Promise<void>
  /** Every account that has limits of its own, keys included. */
  limits(): Promise<(Limits & { account: BudgetAccount })[]>
  budgets(): Promise<BudgetState[]>
  /** Requests per minute for the organization as a whole, for paid calls. */
  setRateLimit(input: { requestsPerMinute: number | null }): Promise<void>

  /** What the organization has decided for its calls, and its version; version 0 where it never decided anything. */
  policy(): Promise<PolicySnapshot>
  /** Replaces what is named and counts the version up. `ifVersion`: only where that is still the present one. */
  setPolicy(
    input: Partial<Pick<PolicySnapshot, 'policy' | 'providerKeys'>> & { ifVersion?: number },
  ): Promise<
    PolicySnapshot & { /** Nothing was changed: another version is present, and here it is. */ conflict?: true }
  >

  /** Sends every entry to the book again, in order; the book's consumer drops what it has. */
  republish(): Promise<{ entries: number }>
  /** Forgets everything. Called when the organization is erased. */
  erase(): Promise<void>
}

/** One row of the book. */
export interface PublishedEntry extends LedgerEntry {
  organizationId: string
  /** 1, 2, 3 … within the organization, without gaps. */
  sequence: number
}

/** As the ledger publishes them on the queue: entries that follow one another, in one message. */
export interface PublishedEntries {
  organizationId: string
  entries: Omit<PublishedEntry, 'organizationId'>[]
}
