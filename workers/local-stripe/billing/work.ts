import { settleIntent } from '../payments/late-debit.ts'
import { dueTimer, type DueWork } from './due.ts'
import { invoiceWork } from './invoice-work.ts'
import { scheduleWork } from './schedule-work.ts'
import { subscriptionWork } from './subscription-work.ts'

/** What the clock does, by the prefix of the id. */
export const billingWork: Record<string, DueWork> = {
  sub_sched: scheduleWork,
  sub: subscriptionWork,
  in: invoiceWork,
  pi: settleIntent,
}

export const billingTimer = dueTimer(billingWork)
