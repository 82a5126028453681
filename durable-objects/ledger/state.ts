// What a ledger knows in memory. It is a function of the changes that were recorded and of nothing else
// (`apply-change.ts`), so that what the disk has of them brings it back. Bounded: entries, answers that are
// kept and holds that have ended stay on disk.
import type {
  AdmitInput,
  Budget,
  BudgetAccount,
  KeyRecord,
  LedgerEntry,
  Limits,
  PlanTerms,
} from '#shared/contracts/ledger'
import type { Notice } from '#shared/contracts/notices'
import { noPolicy, type PolicySnapshot } from '#shared/contracts/policy'
import type { Bucket } from '#shared/lib/token-bucket'
import type { KeptLot, LotPart } from '#shared/metering/credit-rules'
import type { LimitAccount } from './accounts.ts'
import { noSpending, type Spending } from './spending.ts'

export interface Hold {
  requestId: string
  /** Whose Idempotency-Keys it shares: `user:…` or `key:…`. */
  payer: string
  keyId: string | null
  userId: string
  service: string
  model: string
  provider: string
  heldMicros: number
  /** The most that it can count, for limits per minute. */
  tokens: number
  /** Absent: by an older version, before any credit expired. */
  takenAt?: number
  /** The plan let it reach beyond the balance, and what that is called. */
  overdraft?: 'overage' | 'unlimited'
  expiresAt: number
  idempotency: { key: string; fingerprint: string } | null
  /** It is a part of another request: that one was counted for limits, this one is not. */
  part?: true
  /** What is charged where it runs out. */
  abandoned: NonNullable<AdmitInput['abandoned']> | null
}

export interface EntryRow extends LedgerEntry {
  sequence: number
}

export interface KeptAnswer {
  payer: string
  key: string
  fingerprint: string
  requestId: string
  at: number
}

export type LotOrigin = Omit<KeptLot, 'remainingMicros'>

/** Credit that comes to a lot: to the one of this name, which comes to be where it is not there. */
export interface LotGain {
  lot: LotOrigin
  micros: number
}

/** Credit that was taken back: a refund, a dispute. What of it is owed still is in the state. */
export interface TakeBackRecord {
  id: string
  grantId: string
  at: number
  askedMicros: number
  takenMicros: number
  owedMicros: number
  givenBack?: { givenMicros: number; forgivenMicros: number }
}

/**
 * An entry and what it does to lots: `into` says what comes to which, `from` what goes from which. Without either it is
 * taken in the order of use, which is what a charge does as a rule.
 */
export interface EntryAdded {
  type: 'entry-added'
  entry: EntryRow
  grantId: string | null
  into?: LotGain[]
  from?: LotPart[]
  /** Which of what is owed it pays. */
  paid?: LotPart[]
  answer: KeptAnswer | null
  /** A part of another request: its tokens count for no limit. */
  part?: true
  /** The hold ran out and was charged what was known of it: for a day it may still be put right. */
  abandoned?: true
  /** It puts an abandoned charge right: of then, of this name, and now this much in all. */
  corrects?: { at: number; entryId: string; amountMicros: number }
}

export type Change =
  /** `keyCounted`: the key's own requests per minute were taken from when it opened the route. */
  | { type: 'hold-taken'; hold: Hold; at: number; keyCounted: boolean }
  /** Another model or vendor is asked: this is the hold from here on. */
  | { type: 'hold-amended'; hold: Hold; at: number }
  | { type: 'hold-renewed'; requestId: string; expiresAt: number }
  /** It is remembered for a day, so that a late settlement finds what it may charge. */
  | { type: 'hold-expired'; requestId: string; at: number }
  | { type: 'hold-released'; requestId: string; at: number }
  | EntryAdded
  /** A request that holds nothing was counted for limits per minute. */
  | { type: 'requests-counted'; accounts: LimitAccount[]; keyId: string | null; at: number }
  /** These are good no longer. `end`: it was asked for by this name, and so much went at once. */
  | { type: 'lots-ended'; ids: string[]; at: number; end: { id: string; expiredMicros: number } | null }
  /** Its entry, where anything was taken, comes with it. */
  | { type: 'credit-taken-back'; takeBack: TakeBackRecord }
  | { type: 'credit-given-back'; takeBack: TakeBackRecord }
  /** `overageMicros`: what has been used since its `overdraft.since`. */
  | { type: 'plan-set'; terms: PlanTerms; overageMicros: number }
  | { type: 'key-written'; key: KeyRecord }
  | { type: 'budget-set'; account: BudgetAccount; budget: Budget | null }
  | { type: 'limits-set'; account: BudgetAccount; limits: Limits }
  | { type: 'policy-set'; snapshot: PolicySnapshot }
  /** It is sent until the queue has it. `mark` is not told again before the period that began at `since` is over. */
  | { type: 'notice-due'; notice: Notice; mark: string; since: number }
  | { type: 'notices-sent'; ids: string[] }

export interface Account {
  heldMicros: number
  heldTokens: number
  /** Calls that run. */
  running: number
  spending: Spending
}

export interface KeyAccount {
  record: KeyRecord
  lastUsedAt: number | null
}

export interface LedgerState {
  balanceMicros: number
  heldMicros: number
  /** What is left of each grant, in the order of use. Their rest is the balance. */
  lots: KeptLot[]
  /** Those that the tables do not have as they are. */
  changedLots: Set<string>
  /** No lot expires before this but those that requests in flight hold. */
  nextCreditExpiry: number
  /** A request has ended that may have held credit which has expired. */
  creditFreed: boolean
  /** What was taken back and is owed still, by the take-back's id, the oldest first. */
  owed: LotPart[]
  plan: PlanTerms | null
  /** Overage that was used since the plan's `overdraft.since`. */
  overageMicros: number
  /** Of the newest entry. */
  sequence: number
  /** When the newest entry was made: time does not run backwards in a ledger. */
  latestAt: number
  holds: Map<string, Hold>
  /** Live holds by payer and Idempotency-Key. */
  running: Map<string, Hold>
  /** No live hold ends before this. */
  nextExpiry: number
  keys: Map<string, KeyAccount>
  budgets: Map<BudgetAccount, Budget>
  /** Of every account but keys, whose records say theirs. */
  limits: Map<BudgetAccount, Limits>
  accounts: Map<BudgetAccount, Account>
  /** Requests by the account's name, tokens by `tokensBucket`. */
  buckets: Map<string, Bucket>
  policy: PolicySnapshot
  /** What was told, by mark, and in the period that began when. */
  told: Map<string, number>
  /** Notices that the queue does not have yet, oldest first. */
  outbox: Map<string, Notice>
}

export const createState = (): LedgerState => ({
  balanceMicros: 0,
  heldMicros: 0,
  lots: [],
  changedLots: new Set(),
  nextCreditExpiry: Number.POSITIVE_INFINITY,
  creditFreed: false,
  owed: [],
  plan: null,
  overageMicros: 0,
  sequence: 0,
  latestAt: 0,
  holds: new Map(),
  running: new Map(),
  nextExpiry: Number.POSITIVE_INFINITY,
  keys: new Map(),
  budgets: new Map(),
  limits: new Map(),
  accounts: new Map(),
  buckets: new Map(),
  policy: noPolicy,
  told: new Map(),
  outbox: new Map(),
})

export const idempotencyName = (payer: string, key: string): string => `${payer}\n${key}`

export const tokensBucket = (account: LimitAccount): string => `tokens:${account}`

const noAccount: Account = { heldMicros: 0, heldTokens: 0, running: 0, spending: noSpending() }

/** For looking: nothing comes to be by it. */
export const viewAccount = (state: LedgerState, name: BudgetAccount): Readonly<Account> =>
  state.accounts.get(name) ?? noAccount

export function accountOf(state: LedgerState, name: BudgetAccount): Account {
  let account = state.accounts.get(name)
  if (!account) state.accounts.set(name, (account = { ...noAccount, spending: noSpending() }))
  return account
}
