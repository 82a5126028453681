// What a run compares, in order. Each phase goes through its things page by page: Stripe's lists first, then what only
// we have.
import { checkGrants } from './check-grants.ts'
import { checkInvoices } from './check-invoices.ts'
import { checkOverage, checkPrices } from './check-prices.ts'
import { checkDisputes, checkRefunds } from './check-returns.ts'
import { checkDuplicates, checkEnded, checkLiveRows, checkSubscriptions } from './check-subscriptions.ts'
import type { Phase } from './step.ts'

export const phases = {
  subscriptions: checkSubscriptions,
  ended: checkEnded,
  rows: checkLiveRows,
  duplicates: checkDuplicates,
  invoices: checkInvoices,
  refunds: checkRefunds,
  disputes: checkDisputes,
  grants: checkGrants,
  prices: checkPrices,
  overage: checkOverage,
} satisfies Record<string, Phase>

export type PhaseName = keyof typeof phases
export const phaseNames = Object.keys(phases) as PhaseName[]
