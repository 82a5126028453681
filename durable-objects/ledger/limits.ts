// The limits that accounts have of their own.
import type { BudgetAccount, Limits } from '#shared/contracts/ledger'
import { limitsAnything, limitsOfKey, noLimits } from '#shared/metering/account-limits'
import { viewAccount, type LedgerState } from './state.ts'

export function limitsOf(state: LedgerState, account: BudgetAccount): Limits {
  if (!account.startsWith('key:')) return state.limits.get(account) ?? noLimits
  const key = state.keys.get(account.slice(4))?.record
  return key ? limitsOfKey(key) : noLimits
}

/** The first account that runs as many calls as it may already. */
export function refuseParallel(state: LedgerState, accounts: BudgetAccount[]) {
  for (const account of accounts) {
    const limit = limitsOf(state, account).parallelRequests
    if (limit !== null && viewAccount(state, account).running >= limit)
      return { ok: false, code: 'too_many_parallel_requests', account, limit } as const
  }
  return null
}

/** Of every account that has any, of keys that still work as well. */
export function listLimits(state: LedgerState): (Limits & { account: BudgetAccount })[] {
  const all: [BudgetAccount, Limits][] = [...state.limits]
  for (const { record } of state.keys.values())
    if (record.revokedAt === null) all.push([`key:${record.id}`, limitsOfKey(record)])
  return all
    .filter(([, limits]) => limitsAnything(limits))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, limits]) => ({ account, ...limits }))
}
