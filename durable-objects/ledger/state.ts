// What a ledger knows in memory, and the only way it changes: by a recorded change. The same changes, as
// rows, are what it is rebuilt from. Bounded: entries, answers that are kept and holds that have ended stay
// on disk.
import type { AdmitInput, Budget, BudgetAccount, KeyRecord, LedgerEntry, Limits } from '#shared/contracts/ledger'
import { noPolicy, type PolicySnapshot } from '#shared/contracts/policy'
import { limitsAnything } from '#shared/metering/account-limits'
import type { Bucket } from '#shared/lib/token-bucket'
import { accountsOf, addSpending, noSpending, type Spending } from './budgets.ts'

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
  expiresAt: number
  idempotency: { key: string; fingerprint: string } | null
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

export type Change =
  | { type: 'hold-taken'; hold: Hold }
  /** Another model or vendor is asked: this is the hold from here on. */
  | { type: 'hold-amended'; hold: Hold }
  | { type: 'hold-renewed'; requestId: string; expiresAt: number }
  /** Its row stays for a day, so that a late settlement finds what it may charge. */
  | { type: 'hold-expired'; requestId: string; at: number }
  | { type: 'hold-released'; requestId: string; at: number }
  | { type: 'entry-added'; entry: EntryRow; grantId: string | null; answer: KeptAnswer | null }
  | { type: 'key-written'; key: KeyRecord }
  | { type: 'budget-set'; account: BudgetAccount; budget: Budget | null }
  | { type: 'limits-set'; account: BudgetAccount; limits: Limits }
  | { type: 'policy-set'; snapshot: PolicySnapshot }

export interface Account {
  heldMicros: number
  spending: Spending
}

export interface KeyAccount {
  record: KeyRecord
  lastUsedAt: number | null
}

export interface LedgerState {
  balanceMicros: number
  heldMicros: number
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
  accounts: Map<BudgetAccount, Account>
  buckets: Map<string, Bucket>
  /** Of every account but keys, whose records say theirs. */
  limits: Map<BudgetAccount, Limits>
  policy: PolicySnapshot
}

export const createState = (): LedgerState => ({
  balanceMicros: 0,
  heldMicros: 0,
  sequence: 0,
  latestAt: 0,
  holds: new Map(),
  running: new Map(),
  nextExpiry: Number.POSITIVE_INFINITY,
  keys: new Map(),
  budgets: new Map(),
  accounts: new Map(),
  buckets: new Map(),
  limits: new Map(),
  policy: noPolicy,
})

export const idempotencyName = (payer: string, key: string): string => `${payer}\n${key}`

export function accountOf(state: LedgerState, name: BudgetAccount): Account {
  let account = state.accounts.get(name)
  if (!account) state.accounts.set(name, (account = { heldMicros: 0, spending: noSpending() }))
  return account
}

function takeHold(state: LedgerState, hold: Hold): void {
  state.holds.set(hold.requestId, hold)
  if (hold.idempotency) state.running.set(idempotencyName(hold.payer, hold.idempotency.key), hold)
  state.heldMicros += hold.heldMicros
  state.nextExpiry = Math.min(state.nextExpiry, hold.expiresAt)
  for (const name of accountsOf(hold)) accountOf(state, name).heldMicros += hold.heldMicros
}

function endHold(state: LedgerState, requestId: string): void {
  const hold = state.holds.get(requestId)
  if (!hold) return
  state.holds.delete(requestId)
  if (hold.idempotency) state.running.delete(idempotencyName(hold.payer, hold.idempotency.key))
  state.heldMicros -= hold.heldMicros
  for (const name of accountsOf(hold)) accountOf(state, name).heldMicros -= hold.heldMicros
}

/** A hold that ended early leaves `nextExpiry` too soon, which only costs a look. This makes it exact. */
export function recountExpiry(state: LedgerState): number {
  state.nextExpiry = Number.POSITIVE_INFINITY
  for (const hold of state.holds.values()) state.nextExpiry = Math.min(state.nextExpiry, hold.expiresAt)
  return state.nextExpiry
}

/** Adds a charge to what its accounts have spent. Rebuilding runs it again over the entries since the last checkpoint. */
export function countSpending(state: LedgerState, entry: EntryRow): void {
  if (entry.kind !== 'charge') return
  for (const name of accountsOf(entry)) addSpending(accountOf(state, name).spending, 0 - entry.amountMicros, entry.at)
}

function addEntry(state: LedgerState, entry: EntryRow): void {
  if (entry.requestId) endHold(state, entry.requestId)
  state.balanceMicros += entry.amountMicros
  state.sequence = entry.sequence
  state.latestAt = entry.at
  countSpending(state, entry)
}

export function applyChange(state: LedgerState, change: Change): void {
  switch (change.type) {
    case 'hold-taken':
      return takeHold(state, change.hold)
    case 'hold-amended':
      endHold(state, change.hold.requestId)
      return takeHold(state, change.hold)
    case 'hold-renewed': {
      const hold = state.holds.get(change.requestId)
      return void (hold && state.holds.set(hold.requestId, { ...hold, expiresAt: change.expiresAt }))
    }
    case 'hold-expired':
    case 'hold-released':
      return endHold(state, change.requestId)
    case 'entry-added':
      return addEntry(state, change.entry)
    case 'key-written': {
      const lastUsedAt = state.keys.get(change.key.id)?.lastUsedAt ?? null
      return void state.keys.set(change.key.id, { record: change.key, lastUsedAt })
    }
    case 'budget-set':
      return void (change.budget
        ? state.budgets.set(change.account, change.budget)
        : state.budgets.delete(change.account))
    case 'limits-set':
      return void (limitsAnything(change.limits)
        ? state.limits.set(change.account, change.limits)
        : state.limits.delete(change.account))
    case 'policy-set':
      state.policy = change.snapshot
  }
}
