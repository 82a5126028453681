// For whom a request counts.
import type { BudgetAccount } from '#shared/contracts/ledger'

/** What limits are counted for: the accounts, and the plan of the organization as a whole. */
export type LimitAccount = BudgetAccount | 'plan'

export interface Accountable {
  keyId: string | null
  userId: string | null
  model: string | null
}

/** Every account that a request of this key and member to this model counts for. */
export function accountsOf({ keyId, userId, model }: Accountable): BudgetAccount[] {
  const accounts: BudgetAccount[] = ['organization']
  if (keyId !== null) accounts.push(`key:${keyId}`)
  if (userId !== null) accounts.push(`member:${userId}`)
  if (model !== null) accounts.push(`model:${model}`)
  return accounts
}

/** Whose limits a request is asked for. */
export const limitedBy = (accounts: BudgetAccount[]): LimitAccount[] => [...accounts, 'plan']
