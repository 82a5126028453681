// Subscriptions, payments and credit on the wire (/api/billing), and what other Workers may ask the billing service.
// Amounts of money that is paid are `…_minor` (a currency's smallest unit) beside their `currency`; credit is micros.
import { z } from 'zod'
import { pageOf } from './page.ts'
import { CreditSourceName, Currency, LocalText, Plan, PlanId, planIntervals } from './plans.ts'

/** What sells here: Stripe; nobody, the operator grants credit; nobody, and nothing is limited by credit. */
export const billingModes = ['stripe', 'granted', 'unlimited'] as const
export type BillingMode = (typeof billingModes)[number]

const Moment = z.number().int().describe('milliseconds since the epoch')

/** Stripe's own words: a subscription's `status`. */
export const SubscriptionStatus = z.enum([
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'canceled',
  'unpaid',
  'paused',
])
export type SubscriptionStatus = z.infer<typeof SubscriptionStatus>

export const PendingChange = z.object({
  plan_id: z.string(),
  plan_name: LocalText,
  interval: z.enum(planIntervals),
  seats: z.number().int(),
  at: Moment,
})
export type PendingChange = z.infer<typeof PendingChange>

export const Subscription = z.object({
  status: SubscriptionStatus,
  interval: z.enum(planIntervals),
  currency: z.string(),
  seats: z.number().int(),
  amount_minor: z.number().int().describe('of a whole period, before tax and discounts'),
  current_period_start: Moment,
  current_period_end: Moment,
  trial_ends_at: Moment.nullable(),
  cancels_at: Moment.nullable(),
  pending_change: PendingChange.nullable(),
  discount: z
    .object({ name: z.string(), percent_off: z.number().nullable(), amount_off_minor: z.number().int().nullable() })
    .nullable(),
  past_due_since: Moment.nullable(),
  read_only_at: Moment.nullable().describe('when paid calls stop, or have stopped, for an overdue payment'),
  pay_url: z.string().nullable().describe('Stripe’s page of the invoice that is overdue'),
})
export type Subscription = z.infer<typeof Subscription>

export const PaymentMethod = z.object({
  type: z.string(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  exp_month: z.number().int().nullable(),
  exp_year: z.number().int().nullable(),
})
export type PaymentMethod = z.infer<typeof PaymentMethod>

export const CreditLotView = z.object({
  id: z.string(),
  source: CreditSourceName,
  amount_micros: z.number().int(),
  remaining_micros: z.number().int(),
  granted_at: Moment,
  expires_at: Moment.nullable(),
})
export type CreditLotView = z.infer<typeof CreditLotView>

export const AutoTopUp = z.object({
  enabled: z.boolean(),
  threshold_micros: z.number().int().min(0).max(1_000_000_000_000),
  credit_pack_id: PlanId.nullable(),
  currency: Currency,
  monthly_maximum_minor: z.number().int().min(0).max(99_999_999).describe('of money, in a calendar month (UTC)'),
})
export type AutoTopUp = z.infer<typeof AutoTopUp>

export const AutoTopUpState = AutoTopUp.extend({
  spent_this_month_minor: z.number().int(),
  /** The last one that failed, until one succeeds or the settings change: nothing is tried meanwhile. */
  failure: z
    .object({ at: Moment, reason: z.enum(['declined', 'needs_action', 'no_payment_method', 'maximum_reached']) })
    .nullable(),
})
export type AutoTopUpState = z.infer<typeof AutoTopUpState>

export const Overage = z.object({ enabled: z.boolean(), cap_micros: z.number().int().min(0).max(1_000_000_000_000) })
export type Overage = z.infer<typeof Overage>

export const OverageState = Overage.extend({
  allowed: z.boolean().describe('whether the plan has metered overage'),
  plan_cap_micros: z.number().int(),
  used_micros: z.number().int().describe('in the present period'),
})
export type OverageState = z.infer<typeof OverageState>

/** Who pays, as it stands on invoices. `tax_id.type` as Stripe names it: `eu_vat`, `sa_vat`, `ae_trn`, `om_vat`, `bh_vat`… */
export const BillingDetails = z
  .object({
    name: z.string().trim().min(1).max(200).nullable(),
    email: z.email().max(254).nullable(),
    locale: z.enum(['en', 'ar']),
    address: z
      .object({
        line1: z.string().trim().max(200).nullable(),
        line2: z.string().trim().max(200).nullable(),
        city: z.string().trim().max(100).nullable(),
        state: z.string().trim().max(100).nullable(),
        postal_code: z.string().trim().max(20).nullable(),
        country: z.string().regex(/^[A-Z]{2}$/),
      })
      .strict()
      .nullable(),
    tax_id: z
      .object({ type: z.string().regex(/^[a-z]{2}_[a-z0-9_]{2,20}$/), value: z.string().trim().min(1).max(40) })
      .strict()
      .nullable(),
  })
  .strict()
export type BillingDetails = z.infer<typeof BillingDetails>

/** GET /api/billing/overview, for owner and billing roles. */
export const BillingOverview = z.object({
  mode: z.enum(billingModes),
  test_payments: z.boolean(),
  plan: Plan,
  /** What the subscription was bought with is no longer sold like this. */
  plan_is_current: z.boolean(),
  trial_available: z.boolean().describe('whether a trial can still begin: one for each organization'),
  subscription: Subscription.nullable(),
  payment_method: PaymentMethod.nullable(),
  credit: z.object({
    balance_micros: z.number().int(),
    held_micros: z.number().int(),
    available_micros: z.number().int(),
    owed_micros: z.number().int().describe('taken back after it was spent: the next credit pays it'),
    lots: z.array(CreditLotView).describe('in the order of use'),
  }),
  auto_top_up: AutoTopUpState,
  overage: OverageState,
  details: BillingDetails,
})
export type BillingOverview = z.infer<typeof BillingOverview>

/** GET /api/billing/status, for everyone in the organization: what banners need, without money. */
export const BillingStatus = z.object({
  mode: z.enum(billingModes),
  test_payments: z.boolean(),
  plan: z.object({ id: z.string(), name: LocalText }),
  read_only: z.boolean(),
  past_due: z.boolean(),
  can_manage: z.boolean(),
  trial_ends_at: Moment.nullable().describe('while a trial runs that ends by being paid'),
})
export type BillingStatus = z.infer<typeof BillingStatus>

/** An address to go to: Stripe's page. */
export const Redirect = z.object({ url: z.string() })
export type Redirect = z.infer<typeof Redirect>

const Seats = z.number().int().min(1).max(10_000)
/** Where Stripe's page leads back to: a path of ours. */
const ReturnPath = z
  .string()
  .regex(/^\/(?!\/)[\w\-./?=&%#]*$/)
  .max(300)

/** POST /api/billing/checkout */
export const StartCheckout = z
  .object({
    plan_id: PlanId,
    interval: z.enum(planIntervals),
    currency: Currency,
    seats: Seats.default(1),
    promotion_code: z.string().trim().min(1).max(100).optional(),
    locale: z.enum(['en', 'ar']).default('en'),
    return_path: ReturnPath.optional(),
  })
  .strict()
export type StartCheckout = z.infer<typeof StartCheckout>

/** POST /api/billing/credit-packs/:id/checkout */
export const BuyCredit = z
  .object({
    currency: Currency,
    quantity: z.number().int().min(1).max(100).default(1),
    locale: z.enum(['en', 'ar']).default('en'),
    return_path: ReturnPath.optional(),
  })
  .strict()
export type BuyCredit = z.infer<typeof BuyCredit>

/** POST /api/billing/checkout/return: a person has come back from Stripe's page, which names itself in the address. */
export const CheckoutReturn = z.object({ session_id: z.string().regex(/^cs_[A-Za-z0-9_]{1,200}$/) }).strict()
export type CheckoutReturn = z.infer<typeof CheckoutReturn>

export const CheckoutOutcome = z.object({
  status: z.enum(['open', 'complete', 'expired']),
  paid: z.boolean().describe('also where there was nothing to pay yet: a trial'),
  purpose: z.enum(['subscription', 'credit_pack']),
})
export type CheckoutOutcome = z.infer<typeof CheckoutOutcome>

/** POST /api/billing/portal: Stripe's customer portal, at its start or at one thing. */
export const OpenPortal = z
  .object({
    flow: z.enum(['home', 'payment_method_update']).default('home'),
    locale: z.enum(['en', 'ar']).default('en'),
    return_path: ReturnPath.optional(),
  })
  .strict()
export type OpenPortal = z.infer<typeof OpenPortal>

/** POST /api/billing/subscription/preview */
export const ChangeWanted = z.object({ plan_id: PlanId, interval: z.enum(planIntervals), seats: Seats }).strict()
export type ChangeWanted = z.infer<typeof ChangeWanted>

/** What a line of an invoice is for; null where it is for nothing that is sold here. Overage has no name of its own. */
export const LineSubject = z
  .object({ kind: z.enum(['plan', 'credit_pack', 'overage']), name: LocalText.nullable() })
  .nullable()
export type LineSubject = z.infer<typeof LineSubject>

export const ChangePreview = z.object({
  /** Dearer: now, with proration. Cheaper: at the end of the period, and nothing is paid now. */
  when: z.enum(['now', 'period_end']),
  at: Moment,
  currency: z.string(),
  /** To be paid now: with tax, after what is given back for the rest of the period. */
  due_now_minor: z.number().int(),
  tax_minor: z.number().int(),
  lines: z.array(
    z.object({
      description: z.string().describe('in Stripe’s words'),
      subject: LineSubject,
      amount_minor: z.number().int(),
      proration: z.boolean(),
    }),
  ),
  /** Of the next whole period, before tax. */
  next_amount_minor: z.number().int(),
  next_payment_at: Moment,
  credit_micros: z.number().int().describe('granted when it is paid'),
  /** To be sent back: what is confirmed is what was shown, or it is refused as changed. */
  proration_date: z.number().int().nullable().describe('seconds since the epoch, as Stripe counts'),
})
export type ChangePreview = z.infer<typeof ChangePreview>

/** POST /api/billing/subscription/change: answers 409 `conflict` where the amount is no longer the one that was shown. */
export const ConfirmChange = ChangeWanted.extend({
  due_now_minor: z.number().int(),
  proration_date: z.number().int().nullable(),
}).strict()
export type ConfirmChange = z.infer<typeof ConfirmChange>

export const ChangeResult = z.object({
  /** `action_required`: the bank asks something of the payer, on `pay_url`; nothing changed until then. */
  outcome: z.enum(['changed', 'scheduled', 'action_required', 'declined']),
  pay_url: z.string().nullable(),
})
export type ChangeResult = z.infer<typeof ChangeResult>

export const cancelReasons = [
  'too_expensive',
  'missing_features',
  'switched_service',
  'unused',
  'customer_service',
  'too_complex',
  'low_quality',
  'other',
] as const

/** POST /api/billing/subscription/cancel */
export const CancelSubscription = z
  .object({ reason: z.enum(cancelReasons), comment: z.string().trim().max(500).optional() })
  .strict()
export type CancelSubscription = z.infer<typeof CancelSubscription>

export const Invoice = z.object({
  id: z.string(),
  number: z.string().nullable(),
  status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']),
  purpose: z.enum(['subscription', 'credit_pack', 'auto_top_up', 'other']),
  currency: z.string(),
  subtotal_minor: z.number().int(),
  discount_minor: z.number().int(),
  tax_minor: z.number().int(),
  total_minor: z.number().int(),
  paid_minor: z.number().int(),
  refunded_minor: z.number().int(),
  created_at: Moment,
  paid_at: Moment.nullable(),
  period_start: Moment.nullable(),
  period_end: Moment.nullable(),
  credit_micros: z.number().int().nullable().describe('what it granted; null until it did'),
  hosted_url: z.string().nullable(),
  pdf_url: z.string().nullable(),
})
export type Invoice = z.infer<typeof Invoice>
export const InvoicePage = pageOf(Invoice)

/** GET /api/billing/invoices/:id, enough for a receipt of our own. */
export const InvoiceDetails = Invoice.extend({
  seller: z.object({ name: z.string(), address: z.array(z.string()), tax_ids: z.array(z.string()) }),
  customer: BillingDetails,
  reverse_charge: z.boolean(),
  lines: z.array(
    z.object({
      description: z.string().describe('in Stripe’s words'),
      subject: LineSubject,
      proration: z.boolean(),
      quantity: z.number().int().nullable(),
      amount_minor: z.number().int(),
      period_start: Moment.nullable(),
      period_end: Moment.nullable(),
    }),
  ),
  taxes: z.array(z.object({ name: z.string(), percent: z.number().nullable(), amount_minor: z.number().int() })),
  payment_method: PaymentMethod.nullable(),
})
export type InvoiceDetails = z.infer<typeof InvoiceDetails>

/** The named entrypoint `BillingRpc`. */
export interface BillingQuestions {
  /** A new organization, or one whose plan is in doubt: its ledger is told what its plan gives. */
  welcome(input: { organizationId: string }): Promise<void>
  /** How many members the plan has room for; null for any number. */
  seatsOf(input: { organizationId: string }): Promise<{ seats: number | null; planId: string }>
  /** How much the plan lets it store, for each seat where seats are sold; null where the plan names no limit. */
  storageQuotaOf(input: { organizationId: string }): Promise<{ quotaBytes: number | null }>
  /** Whether it pays for something that goes on: such an organization is not deleted before that is cancelled. */
  subscribed(input: { organizationId: string }): Promise<boolean>
  health(): Promise<{ database: boolean }>
}
