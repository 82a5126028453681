// The only way a ledger's memory changes. Nothing is decided here and nothing asked: the same changes in the
// same order give the same state, whether they happen or are read from the disk.
import type { BudgetAccount } from '#shared/contracts/ledger'
import { limitsAnything } from '#shared/metering/account-limits'
import type { LotPart } from '#shared/metering/credit-rules'
import { accountsOf, limitedBy } from './accounts.ts'
import { addSpending, returnSpending } from './spending.ts'
import { endLots, freeCredit, moveCredit } from './lots.ts'
import { creditMark, forgetTold, sameBudget, sameOverdraft } from './marks.ts'
import { countRequest, countTokens } from './rate-window.ts'
import {
  accountOf,
  idempotencyName,
  type Change,
  type EntryAdded,
  type EntryRow,
  type Hold,
  type LedgerState,
} from './state.ts'

function addToAccounts(state: LedgerState, hold: Hold, sign: 1 | -1): void {
  state.heldMicros += sign * hold.heldMicros
  for (const name of accountsOf(hold)) {
    const account = accountOf(state, name)
    account.heldMicros += sign * hold.heldMicros
    account.heldTokens += sign * hold.tokens
    if (!hold.part) account.running += sign
  }
}

/** Also how a hold that has a row comes back: it was counted for every limit when it was taken. */
export function beginHold(state: LedgerState, hold: Hold): void {
  state.holds.set(hold.requestId, hold)
  if (hold.idempotency) state.running.set(idempotencyName(hold.payer, hold.idempotency.key), hold)
  state.nextExpiry = Math.min(state.nextExpiry, hold.expiresAt)
  addToAccounts(state, hold, 1)
}

function endHold(state: LedgerState, requestId: string): void {
  const hold = state.holds.get(requestId)
  if (!hold) return
  state.holds.delete(requestId)
  if (hold.idempotency) state.running.delete(idempotencyName(hold.payer, hold.idempotency.key))
  addToAccounts(state, hold, -1)
  freeCredit(state)
}

/** A hold that ended early leaves `nextExpiry` too soon, which only costs a look. This makes it exact. */
export function recountExpiry(state: LedgerState): number {
  state.nextExpiry = Number.POSITIVE_INFINITY
  for (const hold of state.holds.values()) state.nextExpiry = Math.min(state.nextExpiry, hold.expiresAt)
  return state.nextExpiry
}

/**
 * Adds a charge to what its accounts have spent, and what puts one right. What is given back is given back to
 * the periods that the charge was counted in, and to no other.
 */
export function countSpending(state: LedgerState, entry: EntryRow, chargedAt: number | null): void {
  if (entry.kind !== 'charge' && chargedAt === null) return
  for (const name of accountsOf(entry)) {
    const { spending } = accountOf(state, name)
    if (chargedAt !== null && entry.amountMicros > 0) returnSpending(spending, entry.amountMicros, chargedAt)
    else addSpending(spending, 0 - entry.amountMicros, entry.at)
  }
}

/** What is owed, less what an entry has paid of it or a won dispute forgives. */
function payOwed(state: LedgerState, paid: readonly LotPart[]): void {
  for (const { id, micros } of paid) {
    const debt = state.owed.find((each) => each.id === id)
    if (debt) debt.micros -= micros
  }
  state.owed = state.owed.filter(({ micros }) => micros > 0)
}

const isOverage = ({ into }: EntryAdded): boolean => into?.[0]?.lot.source === 'overage'

function addEntry(state: LedgerState, change: EntryAdded): void {
  const { entry, corrects, part, paid } = change
  if (entry.requestId) endHold(state, entry.requestId)
  state.balanceMicros += entry.amountMicros
  moveCredit(state, change)
  if (paid) payOwed(state, paid)
  state.sequence = entry.sequence
  state.latestAt = entry.at
  countSpending(state, entry, corrects?.at ?? null)
  if (entry.kind === 'charge' && entry.usage && !part)
    countTokens(state, limitedBy(accountsOf(entry)), entry.usage, entry.at)
  if (entry.kind === 'grant' && isOverage(change)) countOverage(state, entry)
  else if (entry.amountMicros > 0) state.told.delete(creditMark)
}

function countOverage(state: LedgerState, { amountMicros, at }: EntryRow): void {
  if (state.plan?.overdraft && at >= state.plan.overdraft.since) state.overageMicros += amountMicros
}

function setPlan(state: LedgerState, { terms, overageMicros }: Extract<Change, { type: 'plan-set' }>): void {
  if (!sameOverdraft(state.plan?.overdraft, terms.overdraft)) state.told.delete(creditMark)
  state.plan = terms
  state.overageMicros = overageMicros
}

function takeHold(state: LedgerState, { hold, at, keyCounted }: Extract<Change, { type: 'hold-taken' }>): void {
  beginHold(state, hold)
  const counted: BudgetAccount | null = keyCounted ? `key:${hold.keyId}` : null
  if (!hold.part)
    for (const account of limitedBy(accountsOf(hold))) if (account !== counted) countRequest(state, account, at)
  useKey(state, hold.keyId, at)
}

function useKey(state: LedgerState, keyId: string | null, at: number): void {
  const key = keyId === null ? undefined : state.keys.get(keyId)
  if (key) key.lastUsedAt = at
}

function amendHold(state: LedgerState, hold: Hold, at: number): void {
  const before = state.holds.get(hold.requestId)
  endHold(state, hold.requestId)
  beginHold(state, hold)
  if (before?.model !== hold.model && !hold.part) countRequest(state, `model:${hold.model}`, at)
}

export function applyChange(state: LedgerState, change: Change): void {
  switch (change.type) {
    case 'hold-taken':
      return takeHold(state, change)
    case 'hold-amended':
      return amendHold(state, change.hold, change.at)
    case 'hold-renewed': {
      const hold = state.holds.get(change.requestId)
      if (hold) hold.expiresAt = change.expiresAt
      return
    }
    case 'hold-expired':
    case 'hold-released':
      return endHold(state, change.requestId)
    case 'entry-added':
      return addEntry(state, change)
    case 'requests-counted':
      for (const account of change.accounts) countRequest(state, account, change.at)
      return useKey(state, change.keyId, change.at)
    case 'lots-ended':
      return endLots(state, change.ids, change.at)
    case 'credit-taken-back': {
      const { id, owedMicros } = change.takeBack
      return void (owedMicros > 0 && state.owed.push({ id, micros: owedMicros }))
    }
    case 'credit-given-back': {
      const { id, givenBack } = change.takeBack
      return payOwed(state, [{ id, micros: givenBack!.forgivenMicros }])
    }
    case 'plan-set':
      return setPlan(state, change)
    case 'key-written': {
      const known = state.keys.get(change.key.id)
      if (!sameBudget(known?.record.budget, change.key.budget)) forgetTold(state, `key:${change.key.id}`)
      return void state.keys.set(change.key.id, { record: change.key, lastUsedAt: known?.lastUsedAt ?? null })
    }
    case 'budget-set':
      if (!sameBudget(state.budgets.get(change.account), change.budget)) forgetTold(state, change.account)
      return void (change.budget
        ? state.budgets.set(change.account, change.budget)
        : state.budgets.delete(change.account))
    case 'limits-set':
      return void (limitsAnything(change.limits)
        ? state.limits.set(change.account, change.limits)
        : state.limits.delete(change.account))
    case 'policy-set':
      state.policy = change.snapshot
      return
    case 'notice-due':
      state.told.set(change.mark, change.since)
      return void state.outbox.set(change.notice.id, change.notice)
    case 'notices-sent':
      for (const id of change.ids) state.outbox.delete(id)
  }
}
