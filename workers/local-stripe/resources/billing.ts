// The half of the API that bills: what renews, what is owed, what is given back.
import type { Resource } from '../resource.ts'
import { creditNotes } from './credit-notes.ts'
import { disputes } from './disputes.ts'
import { invoiceItems } from './invoice-items.ts'
import { invoicePayments } from './invoice-payments.ts'
import { invoices } from './invoices.ts'
import { meters } from './meters.ts'
import { refunds } from './refunds.ts'
import { subscriptionItems } from './subscription-items.ts'
import { subscriptionSchedules } from './subscription-schedules.ts'
import { subscriptions } from './subscriptions.ts'
import { taxRates } from './tax-rates.ts'
import { taxSettings } from './tax-settings.ts'
import { testClocks } from './test-clocks.ts'

export const billing: Resource[] = [
  subscriptions,
  subscriptionItems,
  subscriptionSchedules,
  invoices,
  invoiceItems,
  invoicePayments,
  creditNotes,
  refunds,
  disputes,
  meters,
  taxRates,
  taxSettings,
  testClocks,
]
