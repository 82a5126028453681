// The in-memory ledger's money: a list of entries and a list of holds, and every figure summed up from them.
import type { Admission, Balance, BudgetState, LedgerEntry, PublishedEntry } from '../contracts/ledger.ts'
import { periodEnd, periodStart } from '../lib/calendar-period.ts'
import type { Clock } from '../lib/clock.ts'
import type { CreateId } from '../lib/ids.ts'
import { createInMemoryCredit } from './in-memory-credit.ts'
import type { Budget, BudgetAccount, Hold, KeyRow } from './in-memory-ledger-types.ts'

interface BooksOptions {
  clock: Clock
  ids: CreateId
  organizationId: string
  keys: Map<string, KeyRow>
}

export interface Accountable {
  keyId: string | null
  userId: string | null
  model: string | null
}

const about = { requestId: null, service: null, model: null, provider: null, keyId: null, userId: null }
const blank = { ...about, usage: null, price: null, estimated: false, note: null, costMicros: null }

const sum = <T>(items: T[], of: (item: T) => number) => items.reduce((total, item) => total + of(item), 0)

export const accountsOf = ({ keyId, userId, model }: Accountable): BudgetAccount[] => [
  'organization',
  ...(keyId ? [`key:${keyId}` as const] : []),
  ...(userId ? [`member:${userId}` as const] : []),
  ...(model ? [`model:${model}` as const] : []),
]

export const leftOf = (state: BudgetState): number => state.limitMicros - state.spentMicros - state.heldMicros

export function createInMemoryBooks({ clock, ids, organizationId, keys }: BooksOptions) {
  const entries: PublishedEntry[] = []
  const holds = new Map<string, Hold>()
  const budgets = new Map<BudgetAccount, Budget>()

  const liveHolds = () => [...holds.values()].filter((hold) => hold.state === 'held')

  function balance(): Balance {
    const balanceMicros = sum(entries, (entry) => entry.amountMicros)
    const heldMicros = sum(liveHolds(), (hold) => hold.heldMicros)
    return { balanceMicros, heldMicros, availableMicros: Math.max(0, balanceMicros - heldMicros) }
  }

  /** What is given back of a charge is given back to the time of that charge. */
  function countedAt(entry: PublishedEntry): number {
    if (entry.kind === 'charge') return entry.at
    if (entry.kind !== 'adjustment' || entry.requestId === null) return Number.NEGATIVE_INFINITY
    if (entry.amountMicros <= 0) return entry.at
    return entries.find(({ kind, requestId }) => kind === 'charge' && requestId === entry.requestId)!.at
  }

  function budgetState(account: BudgetAccount, budget: Budget): BudgetState {
    const from = periodStart(budget.period, clock())
    const charges = entries.filter((entry) => countedAt(entry) >= from && accountsOf(entry).includes(account))
    const held = liveHolds().filter((hold) => accountsOf(hold).includes(account))
    return {
      account,
      ...budget,
      spentMicros: 0 - sum(charges, (entry) => entry.amountMicros),
      heldMicros: sum(held, (hold) => hold.heldMicros),
      resetsAt: periodEnd(budget.period, clock()),
    }
  }

  const budgetOf = (account: BudgetAccount): Budget | null =>
    account.startsWith('key:') ? (keys.get(account.slice(4))?.budget ?? null) : (budgets.get(account) ?? null)

  function budgetStatesOf(payer: Accountable): BudgetState[] {
    return accountsOf(payer).flatMap((account) => {
      const budget = budgetOf(account)
      return budget ? [budgetState(account, budget)] : []
    })
  }

  function listBudgets(): BudgetState[] {
    const all: [BudgetAccount, Budget][] = [...budgets]
    for (const { id, budget, revokedAt } of keys.values())
      if (budget && revokedAt === null) all.push([`key:${id}`, budget])
    return all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([account, budget]) => budgetState(account, budget))
  }

  const affordable = (payer: Accountable): number =>
    Math.max(0, Math.min(credit.spendable() - balance().heldMicros, ...budgetStatesOf(payer).map(leftOf)))

  function refuseUnaffordable(payer: Accountable, neededMicros: number): Extract<Admission, { ok: false }> | null {
    for (const state of budgetStatesOf(payer)) {
      const availableMicros = Math.max(0, leftOf(state))
      if (availableMicros >= neededMicros) continue
      const { account, resetsAt } = state
      const waits = state.limitMicros - state.spentMicros >= neededMicros
      if (waits) return { ok: false, code: 'budget_held', account, neededMicros, availableMicros }
      return { ok: false, code: 'budget_exceeded', account, neededMicros, availableMicros, resetsAt }
    }
    const { heldMicros } = balance()
    const availableMicros = Math.max(0, credit.spendable() - heldMicros)
    if (availableMicros >= neededMicros) return null
    if (credit.spendable() >= neededMicros)
      return { ok: false, code: 'credit_held', neededMicros, availableMicros, heldMicros }
    return { ok: false, code: 'insufficient_credits', neededMicros, availableMicros }
  }

  function addEntry(fields: Partial<LedgerEntry> & Pick<LedgerEntry, 'kind' | 'amountMicros'>): PublishedEntry {
    const planId = credit.plan()?.planId ?? null
    const about = { ...blank, id: ids('entry'), at: clock(), planId, ...fields }
    const entry = { ...about, organizationId, sequence: entries.length + 1 }
    entries.push(entry)
    return entry
  }

  const credit = createInMemoryCredit({ clock, balance, liveHolds, addEntry })

  function clear() {
    entries.length = 0
    credit.clear()
    holds.clear()
    budgets.clear()
  }

  return {
    entries,
    holds,
    budgets,
    liveHolds,
    balance,
    budgetOf,
    budgetState,
    budgetStatesOf,
    listBudgets,
    credit,
    affordable,
    refuseUnaffordable,
    addEntry,
    clear,
  }
}
