// API keys as /api/keys answers them.
import type { BudgetPeriod } from '#shared/contracts/ledger'
import type { Scope } from '#shared/contracts/permissions'

export interface ApiKey {
  id: string
  name: string
  hint: string
  user_id: string
  scopes: Scope[]
  /** Full model ids; null for all. */
  models: string[] | null
  budget_micros: number | null
  budget_period: BudgetPeriod | null
  rate_limit_rpm: number | null
  expires_at: number | null
  created_at: number
  revoked_at: number | null
  last_used_at: number | null
  /** Spent in the present budget period, or ever where there is no budget. */
  spent_micros: number
}

/** Answered once: nobody can ask for `key` again. */
export type CreatedKey = ApiKey & { key: string }

export interface KeyBody {
  name: string
  scopes: Scope[]
  models: string[] | null
  budget_micros: number | null
  budget_period: BudgetPeriod | null
  rate_limit_rpm: number | null
  expires_at: number | null
}
