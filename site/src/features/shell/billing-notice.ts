// What of the organization's plan is told above every page.
import type { BillingStatus } from '#shared/contracts/billing'
import type { Key } from '../../i18n/locales.ts'

export interface BillingNotice {
  tone: 'danger' | 'warning' | 'info'
  text: Key
  /** Filled in as a date. */
  when?: number
  /** Null for those who can do nothing about it but ask. */
  action: Key | null
}

const SOON_MS = 4 * 86_400_000

export function billingNotice(status: BillingStatus, now: number): BillingNotice | null {
  if (status.mode !== 'stripe') return null
  const pay = status.can_manage ? 'shell.past-due-pay' : null
  if (status.read_only) return { tone: 'danger', text: 'shell.read-only', action: pay }
  // Until something stops, a late payment is no business of those who do not pay.
  if (!status.can_manage) return null
  if (status.past_due) return { tone: 'warning', text: 'shell.past-due', action: pay }
  const ends = status.trial_ends_at ?? null
  if (ends === null || ends <= now || ends - now > SOON_MS) return null
  return { tone: 'info', text: 'shell.trial-ends', when: ends, action: 'shell.trial-see' }
}
