// A contract as it is typed, and the subscription that it means.
import type { StartContract } from '#shared/contracts/billing-administration'
import type { PlanInterval } from '#shared/contracts/plans'
import { Reader, type Faults } from './form-fields.ts'

export interface ContractDraft {
  planId: string
  interval: PlanInterval
  currency: string
  amount: string
  seats: string
  daysUntilDue: string
}

export const newContract = (planId: string): ContractDraft => ({
  planId,
  interval: 'year',
  currency: 'usd',
  amount: '',
  seats: '1',
  daysUntilDue: '30',
})

export function readContract(
  organizationId: string,
  draft: ContractDraft,
): { ok: true; body: StartContract } | { ok: false; faults: Faults } {
  const reader = new Reader()
  const currency = reader.currency('currency', draft.currency, new Set())
  const body: StartContract = {
    organization_id: organizationId,
    plan_id: draft.planId,
    interval: draft.interval,
    currency,
    amount_minor: reader.minor('amount', draft.amount, currency, 9_999_999_999),
    seats: reader.count('seats', draft.seats, { most: 100_000 }),
    days_until_due: reader.count('daysUntilDue', draft.daysUntilDue, { least: 0, most: 365 }),
  }
  return reader.isFine ? { ok: true, body } : { ok: false, faults: reader.faults }
}
