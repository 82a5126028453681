// An account's limits as they are typed, and the request that they mean.
import type { BudgetPeriod } from '#shared/contracts/ledger'
import { DEFAULT_ALERT_PERCENTS } from '#shared/contracts/limit-defaults'
import type { AccountLimits, SetLimits } from '#shared/contracts/limits'
import { readAmount, typedAmount } from '../../ui/read-amount.ts'
import type { AmountFault } from '../../ui/read-amount.ts'
import { readCount } from '../../ui/read-count.ts'
import { readPercents, typedPercents } from '../../ui/read-percents.ts'

export interface LimitDraft {
  /** Dollars; empty for no budget. */
  budget: string
  period: BudgetPeriod
  alerts: string
  requests: string
  tokens: string
  parallel: string
}

export type LimitFault = AmountFault | 'alerts-invalid' | 'requests-invalid' | 'tokens-invalid' | 'parallel-invalid'
export type LimitFaults = Partial<Record<keyof LimitDraft, LimitFault>>
export type LimitReading = { ok: true; body: SetLimits } | { ok: false; faults: LimitFaults }

export const noLimits = (account: string): AccountLimits => ({
  account,
  budget_micros: null,
  budget_period: null,
  spent_micros: null,
  held_micros: null,
  resets_at: null,
  rate_limit_rpm: null,
  rate_limit_tpm: null,
  parallel_requests: null,
  alert_percents: [...DEFAULT_ALERT_PERCENTS],
})

export const hasLimits = (limits: AccountLimits): boolean =>
  [limits.budget_micros, limits.rate_limit_rpm, limits.rate_limit_tpm, limits.parallel_requests].some(
    (limit) => limit !== null,
  )

const typed = (count: number | null): string => (count === null ? '' : String(count))

export const limitDraftOf = (limits: AccountLimits): LimitDraft => ({
  budget: limits.budget_micros === null ? '' : typedAmount(limits.budget_micros),
  period: limits.budget_period ?? 'month',
  alerts: typedPercents(limits.alert_percents),
  requests: typed(limits.rate_limit_rpm),
  tokens: typed(limits.rate_limit_tpm),
  parallel: typed(limits.parallel_requests),
})

const counts = {
  requests: { most: 1_000_000, fault: 'requests-invalid' },
  tokens: { most: 10_000_000_000, fault: 'tokens-invalid' },
  parallel: { most: 10_000, fault: 'parallel-invalid' },
} as const

/** Nothing typed is no limit; a budget of zero lets nothing through. */
export function readLimitDraft(draft: LimitDraft): LimitReading {
  const faults: LimitFaults = {}
  const budget = draft.budget.trim() === '' ? null : readAmount(draft.budget)
  if (budget && !budget.ok) faults.budget = budget.fault
  const percents = readPercents(draft.alerts)
  if (budget && percents === 'invalid') faults.alerts = 'alerts-invalid'
  const countOf = (name: keyof typeof counts): number | null => {
    const count = readCount(draft[name], counts[name])
    if (count !== 'invalid') return count
    faults[name] = counts[name].fault
    return null
  }
  const body: SetLimits = {
    budget_micros: budget?.ok ? budget.micros : null,
    budget_period: budget ? draft.period : null,
    rate_limit_rpm: countOf('requests'),
    rate_limit_tpm: countOf('tokens'),
    parallel_requests: countOf('parallel'),
    alert_percents: percents === 'invalid' ? [...DEFAULT_ALERT_PERCENTS] : percents,
  }
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, body }
}
