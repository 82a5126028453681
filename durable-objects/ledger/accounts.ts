// For whom a request counts.
import type { BudgetAccount } from '#shared/contracts/ledger'

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
