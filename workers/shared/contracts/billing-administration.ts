// What operators see and do with money: /api/billing/admin, for platform admins alone.
import { z } from 'zod'
import { CreditLotView, Invoice } from './billing.ts'
import { PageQuery, pageOf } from './page.ts'
import { CreditPack, CreditPackBody, LocalText, Plan, PlanBody, PlanId } from './plans.ts'

const Moment = z.number().int().describe('milliseconds since the epoch')

/** PUT /api/billing/admin/plans/:id: a new version; `if_version` is the one that was looked at (0 for a new plan), else 409. */
export const WritePlan = z
  .object({ if_version: z.number().int().min(0), position: z.number().int().min(0).max(1000), body: PlanBody })
  .strict()
export type WritePlan = z.infer<typeof WritePlan>

export const WriteCreditPack = z
  .object({ if_version: z.number().int().min(0), position: z.number().int().min(0).max(1000), body: CreditPackBody })
  .strict()
export type WriteCreditPack = z.infer<typeof WriteCreditPack>

export const AdminPlan = Plan.extend({
  archived: z.boolean(),
  subscribers: z.number().int().describe('organizations that have it, in any version'),
  versions: z.array(
    z.object({
      version: z.number().int(),
      created_at: Moment,
      created_by: z.string().nullable(),
      subscribers: z.number().int(),
    }),
  ),
})
export type AdminPlan = z.infer<typeof AdminPlan>
export const AdminCreditPack = CreditPack.extend({ archived: z.boolean() })
export type AdminCreditPack = z.infer<typeof AdminCreditPack>
export const AdminPlans = z.object({ plans: z.array(AdminPlan), credit_packs: z.array(AdminCreditPack) })

/** What has come from Stripe, and what became of it. */
export const StripeEventState = z.enum(['received', 'processed', 'ignored', 'failed'])
export const StripeEventView = z.object({
  id: z.string(),
  type: z.string(),
  created_at: Moment,
  received_at: Moment,
  processed_at: Moment.nullable(),
  state: StripeEventState,
  deliveries: z.number().int().describe('how often Stripe has sent it'),
  attempts: z.number().int(),
  error: z.string().nullable(),
  object_id: z.string().nullable(),
  organization_id: z.string().nullable(),
})
export type StripeEventView = z.infer<typeof StripeEventView>
export const StripeEventPage = pageOf(StripeEventView)
export const StripeEventsQuery = PageQuery.extend({
  state: StripeEventState.optional(),
  type: z.string().max(100).optional(),
})

/** A difference between Stripe and us that the reconciliation found. */
export const Discrepancy = z.object({
  id: z.string(),
  found_at: Moment,
  kind: z.enum([
    'subscription_missing',
    'subscription_differs',
    'invoice_missing',
    'invoice_differs',
    'grant_missing',
    'grant_differs',
    'grant_unpaid',
    'customer_deleted',
    'price_missing',
    'duplicate_subscription',
    'currency_differs',
    'overage_unreported',
  ]),
  organization_id: z.string().nullable(),
  subject_id: z.string(),
  expected: z.string(),
  actual: z.string(),
  /** `repaired` by the run itself; `raised`: somebody must look. */
  state: z.enum(['repaired', 'raised', 'resolved']),
  resolved_at: Moment.nullable(),
  note: z.string().nullable(),
})
export type Discrepancy = z.infer<typeof Discrepancy>
export const DiscrepancyPage = pageOf(Discrepancy)

export const ReconciliationRun = z.object({
  id: z.string(),
  started_at: Moment,
  finished_at: Moment.nullable(),
  subscriptions: z.number().int(),
  invoices: z.number().int(),
  grants: z.number().int(),
  repaired: z.number().int(),
  raised: z.number().int(),
  error: z.string().nullable(),
})
export type ReconciliationRun = z.infer<typeof ReconciliationRun>

/** POST /api/billing/admin/invoices/:id/refund */
export const RefundInvoice = z
  .object({
    /** All that is left where absent. */
    amount_minor: z.number().int().min(1).optional(),
    reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).default('requested_by_customer'),
    /** Names it: the same id refunds once. */
    id: z.string().regex(/^[\w.:-]{1,100}$/),
  })
  .strict()
export type RefundInvoice = z.infer<typeof RefundInvoice>

/** POST /api/billing/admin/subscriptions: by contract. */
export const StartContract = z
  .object({
    organization_id: z.string(),
    plan_id: PlanId,
    interval: z.enum(['month', 'year']),
    currency: z.string().regex(/^[a-z]{3}$/),
    amount_minor: z.number().int().min(0).max(9_999_999_999),
    seats: z.number().int().min(1).max(100_000),
    /** Days until an invoice is due: it is sent, no card is charged. */
    days_until_due: z.number().int().min(0).max(365),
  })
  .strict()
export type StartContract = z.infer<typeof StartContract>

/** GET /api/billing/admin/numbers?from&to. Revenue in each currency as it was paid; credit and cost in micros. */
export const OperatorNumbers = z.object({
  from: Moment,
  to: Moment,
  revenue: z.array(
    z.object({
      currency: z.string(),
      purpose: z.string(),
      paid_minor: z.number().int(),
      refunded_minor: z.number().int(),
    }),
  ),
  charged_micros: z.number().int(),
  cost_micros: z.number().int(),
  /** Charges whose cost is not known: their amount. */
  uncosted_micros: z.number().int(),
  by_model: z.array(
    z.object({
      model: z.string(),
      provider: z.string(),
      requests: z.number().int(),
      charged_micros: z.number().int(),
      cost_micros: z.number().int(),
    }),
  ),
  by_plan: z.array(
    z.object({
      plan_id: z.string().nullable(),
      organizations: z.number().int(),
      charged_micros: z.number().int(),
      cost_micros: z.number().int(),
    }),
  ),
  subscribers: z.object({
    active: z.number().int(),
    trialing: z.number().int(),
    past_due: z.number().int(),
    started: z.number().int(),
    churned: z.number().int(),
  }),
  failed_payments: z.number().int(),
  /** Credit that was given and not used yet, of all organizations: a liability. */
  outstanding_micros: z.object({
    total: z.number().int(),
    included: z.number().int(),
    promotion: z.number().int(),
    bought: z.number().int(),
  }),
  top_spenders: z.array(
    z.object({
      organization_id: z.string(),
      name: z.string().nullable(),
      charged_micros: z.number().int(),
      cost_micros: z.number().int(),
    }),
  ),
  days: z.array(z.object({ day: z.string(), charged_micros: z.number().int(), cost_micros: z.number().int() })),
})
export type OperatorNumbers = z.infer<typeof OperatorNumbers>

/** PUT /api/billing/admin/provider-invoices/:provider/:month: what a provider has billed, against our own count. */
export const WriteProviderInvoice = z
  .object({ amount_micros: z.number().int().min(0), note: z.string().trim().max(200).optional() })
  .strict()
export const ProviderInvoice = z.object({
  provider: z.string(),
  month: z.string().regex(/^\d{4}-\d{2}$/),
  billed_micros: z.number().int().nullable(),
  counted_micros: z.number().int(),
  difference_micros: z.number().int().nullable(),
  note: z.string().nullable(),
})
export type ProviderInvoice = z.infer<typeof ProviderInvoice>

/** POST /api/billing/admin/subscriptions */
export const StartedContract = z.object({ subscription_id: z.string() })
export type StartedContract = z.infer<typeof StartedContract>

/** GET /api/billing/admin/organizations/:id: what an operator sees of one organization’s money. */
export const OrganizationBilling = z.object({
  organization_id: z.string(),
  name: z.string(),
  stripe_customer_id: z.string().nullable(),
  plan: z.object({
    id: z.string(),
    version: z.number().int(),
    name: LocalText,
    current_version: z.number().int().describe('the one that is sold now'),
  }),
  read_only: z.boolean(),
  subscription: z
    .object({
      id: z.string(),
      status: z.string(),
      interval: z.enum(['month', 'year']),
      currency: z.string(),
      seats: z.number().int(),
      amount_minor: z.number().int(),
      current_period_start: Moment,
      current_period_end: Moment,
      trial_ends_at: Moment.nullable(),
      cancels_at: Moment.nullable(),
      past_due_since: Moment.nullable(),
    })
    .nullable(),
  credit: z
    .object({
      balance_micros: z.number().int(),
      held_micros: z.number().int(),
      available_micros: z.number().int(),
      owed_micros: z.number().int(),
      lots: z.array(CreditLotView),
    })
    .nullable()
    .describe('null while the ledger cannot be reached'),
  invoices: z.array(Invoice).describe('the last hundred'),
  disputes: z.array(
    z.object({
      id: z.string(),
      invoice_id: z.string().nullable(),
      amount_minor: z.number().int(),
      currency: z.string(),
      status: z.string(),
      reason: z.string(),
      created_at: Moment,
    }),
  ),
})
export type OrganizationBilling = z.infer<typeof OrganizationBilling>

const LATEST_MOMENT = Date.UTC(9999, 11, 31)
/** Milliseconds since the epoch, or a day (2026-01-31, its first moment in UTC). */
const AskedMoment = z
  .union([
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
    z.iso.date().transform((day) => Date.parse(day)),
  ])
  .refine((at) => at <= LATEST_MOMENT, 'is too far ahead')

export const OperatorNumbersQuery = z.object({
  from: AskedMoment.optional().describe('its whole day (UTC) is included; 30 days before `to` where absent'),
  to: AskedMoment.optional().describe('not included; the end of today where absent'),
})

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month, like 2026-11')

/** GET /api/billing/admin/provider-invoices: newest month first. */
export const ProviderInvoicesQuery = z.object({
  from: Month.optional().describe('the first month; five months before the last where absent'),
  to: Month.optional().describe('the last month; the present one where absent'),
})

export const ReconciliationPage = pageOf(ReconciliationRun)
export const StartedReconciliation = z.object({ id: z.string().describe('of the run that goes on now') })

/** POST /api/billing/admin/discrepancies/:id/resolve */
export const ResolveDiscrepancy = z.object({ note: z.string().trim().min(1).max(500) }).strict()

/** POST /api/billing/admin/events/:id/replay and /replay-failed */
export const ReplayedEvents = z.object({ replayed: z.number().int().describe('how many are looked at again') })

export const RefundedInvoice = z.object({
  refund_id: z.string(),
  amount_minor: z.number().int(),
  currency: z.string(),
  refunded_minor: z.number().int().describe('of the invoice in all'),
})
export type RefundedInvoice = z.infer<typeof RefundedInvoice>
