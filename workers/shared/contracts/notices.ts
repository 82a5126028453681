// What is worth telling an organization as it happens: Workers and objects put a notice on the queue
// `riwaq-notices`; the webhooks service mails and delivers it. At least once: `id` tells a repetition.
import type { BudgetAccount, BudgetPeriod } from './ledger.ts'

export const noticeTypes = [
  'budget.threshold_reached',
  'budget.exceeded',
  'credit.exhausted',
  /** A share of the period's included credit was used. */
  'usage.threshold_reached',
  'credit.granted',
  'credit.taken_back',
  'subscription.activated',
  'subscription.changed',
  'subscription.trial_ending',
  'subscription.canceled',
  'invoice.paid',
  'payment.failed',
  /** The grace is over: paid calls are refused until the invoice is paid. */
  'payment.overdue',
  'payment.recovered',
  'top_up.succeeded',
  'top_up.failed',
  'dispute.opened',
  'dispute.closed',
  'refund.made',
  'key.created',
  'key.revoked',
  'member.joined',
  'member.removed',
  'policy.changed',
  'provider_key.changed',
  /** The platform gave up on an address. */
  'webhook.disabled',
  'webhook.test',
] as const
export type NoticeType = (typeof noticeTypes)[number]

export interface BudgetNoticeData {
  account: BudgetAccount
  limit_micros: number
  spent_micros: number
  period: BudgetPeriod
  /** Milliseconds since the epoch; null for a budget for ever. */
  resets_at: number | null
  /** The share that was reached, for `budget.threshold_reached`. */
  percent?: number
}

export interface Notice {
  /** `evt_…`, the same however often it is delivered. */
  id: string
  organizationId: string
  type: NoticeType
  /** Milliseconds since the epoch. */
  at: number
  /** Ids, counts and names; never a secret and never a prompt. */
  data: Record<string, unknown>
}

/** A producer's side of the queue. */
export interface NoticeQueue {
  send(notice: Notice): Promise<unknown>
}
