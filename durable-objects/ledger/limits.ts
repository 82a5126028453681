// The limits that accounts have of their own.
import type { BudgetAccount, Limits } from '#shared/contracts/ledger'
import { limitsAnything, limitsOfKey, limitsOfPlan, noLimits } from '#shared/metering/account-limits'
import type { LimitAccount } from './accounts.ts'
import { viewAccount, type LedgerState } from './state.ts'

/** A plan is for the organization as a whole: what runs for the one runs for the other. */
export const countedIn = (account: LimitAccount): BudgetAccount => (account === 'plan' ? 'organization' : account)

export function limitsOf(state: LedgerState, account: LimitAccount): Limits {
  if (account === 'plan') return state.plan ? limitsOfPlan(state.plan) : noLimits
  if (!account.startsWith('key:')) return state.limits.get(account) ?? noLimits
  const key = state.keys.get(account.slice(4))?.record
  return key ? limitsOfKey(key) : noLimits
}

/** The first account that runs as many calls as it may already. */
export function refuseParallel(state: LedgerState, accounts: LimitAccount[]) {
  for (const name of accounts) {
    const limit = limitsOf(state, name).parallelRequests
    const account = countedIn(name)
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
