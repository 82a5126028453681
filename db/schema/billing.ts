// Owner: billing. Plans, subscriptions and payments as Stripe has them, and the book.
//
// The book: every ledger's entries, copied here for reports and invoices. The objects are the truth.
// No reference to the organization: an entry may arrive after it was deleted, and a charge that happened stays on record.
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, micros, milliseconds } from '../columns.ts'

export const ledgerEntries = sqliteTable(
  'ledger_entries',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    sequence: integer('sequence').notNull(),
    at: milliseconds('at').notNull(),
    kind: text('kind', { enum: ['grant', 'charge', 'refund', 'adjustment', 'expiry'] }).notNull(),
    amountMicros: micros('amount_micros').notNull(),
    requestId: text('request_id'),
    service: text('service'),
    model: text('model'),
    provider: text('provider'),
    keyId: text('key_id'),
    userId: text('user_id'),
    usage: text('usage', { mode: 'json' }).$type<Record<string, number>>(),
    price: text('price', { mode: 'json' }).$type<Record<string, number>>(),
    estimated: integer('estimated', { mode: 'boolean' }).notNull(),
    note: text('note'),
    /** What the provider took, at its list price; null where that is not known. */
    costMicros: micros('cost_micros'),
    /** The plan that the organization had. */
    planId: text('plan_id'),
  },
  (table) => [
    uniqueIndex('ledger_entries_by_sequence').on(table.organizationId, table.sequence),
    index('ledger_entries_by_time').on(table.organizationId, table.at),
  ],
)

const state = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  text('state', { enum: names }).notNull()

/** What is sold, by version: a version is never edited. `body` is `PlanBody` of the contracts. */
export const planVersions = sqliteTable(
  'plan_versions',
  {
    planId: text('plan_id').notNull(),
    version: integer('version').notNull(),
    body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
    createdAt: milliseconds('created_at').notNull(),
    createdBy: text('created_by'),
  },
  (table) => [primaryKey({ columns: [table.planId, table.version] })],
)

/** The version that is sold now. */
export const plans = sqliteTable('plans', {
  id: id(),
  version: integer('version').notNull(),
  position: integer('position').notNull(),
  archived: integer('archived', { mode: 'boolean' }).notNull().default(false),
})

export const creditPackVersions = sqliteTable(
  'credit_pack_versions',
  {
    packId: text('pack_id').notNull(),
    version: integer('version').notNull(),
    body: text('body', { mode: 'json' }).$type<unknown>().notNull(),
    createdAt: milliseconds('created_at').notNull(),
    createdBy: text('created_by'),
  },
  (table) => [primaryKey({ columns: [table.packId, table.version] })],
)

export const creditPacks = sqliteTable('credit_packs', {
  id: id(),
  version: integer('version').notNull(),
  position: integer('position').notNull(),
  archived: integer('archived', { mode: 'boolean' }).notNull().default(false),
})

/** Which price at Stripe sells what of ours. `interval` is `once` for a pack. Keyed by Stripe's account and mode. */
export const stripePrices = sqliteTable(
  'stripe_prices',
  {
    id: id(),
    productId: text('product_id').notNull(),
    kind: text('kind', { enum: ['plan', 'credit_pack', 'overage'] }).notNull(),
    /** The plan's or the pack's id; `overage` for the meter's price. */
    itemId: text('item_id').notNull(),
    version: integer('version').notNull(),
    interval: text('interval', { enum: ['month', 'year', 'once'] }).notNull(),
    currency: text('currency').notNull(),
    amountMinor: integer('amount_minor').notNull(),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
  },
  (table) => [
    uniqueIndex('stripe_prices_by_item').on(table.kind, table.itemId, table.version, table.interval, table.currency),
  ],
)

/** What an organization is at Stripe, and what it has decided about paying. */
export const billingCustomers = sqliteTable('billing_customers', {
  organizationId: text('organization_id').primaryKey(),
  stripeCustomerId: text('stripe_customer_id').unique(),
  /** Once it has paid in one, Stripe takes no other. */
  currency: text('currency'),
  /** `BillingDetails` of the contracts. */
  details: text('details', { mode: 'json' }).$type<unknown>(),
  /** `PaymentMethod` of the contracts, as Stripe had it last. */
  paymentMethod: text('payment_method', { mode: 'json' }).$type<unknown>(),
  trialUsedAt: milliseconds('trial_used_at'),
  overageEnabled: integer('overage_enabled', { mode: 'boolean' }).notNull().default(false),
  overageCapMicros: micros('overage_cap_micros').notNull().default(0),
  /** Deleted at Stripe: the next payment makes another. */
  deletedAt: milliseconds('deleted_at'),
  /** The organization is gone; only its name at Stripe is known still, so that what comes from there late is left alone. */
  erasedAt: milliseconds('erased_at'),
  createdAt: milliseconds('created_at').notNull(),
  syncedAt: milliseconds('synced_at').notNull(),
})

/** Subscriptions as Stripe had them when it was asked (`synced_at`): an older answer never replaces a newer one. */
export const subscriptions = sqliteTable(
  'subscriptions',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    stripeCustomerId: text('stripe_customer_id').notNull(),
    planId: text('plan_id').notNull(),
    planVersion: integer('plan_version').notNull(),
    interval: text('interval', { enum: ['month', 'year'] }).notNull(),
    currency: text('currency').notNull(),
    seats: integer('seats').notNull(),
    amountMinor: integer('amount_minor').notNull(),
    status: text('status').notNull(),
    currentPeriodStart: milliseconds('current_period_start').notNull(),
    currentPeriodEnd: milliseconds('current_period_end').notNull(),
    trialEndsAt: milliseconds('trial_ends_at'),
    cancelsAt: milliseconds('cancels_at'),
    cancelReason: text('cancel_reason'),
    endedAt: milliseconds('ended_at'),
    scheduleId: text('schedule_id'),
    /** `PendingChange` of the contracts. */
    pendingChange: text('pending_change', { mode: 'json' }).$type<unknown>(),
    discount: text('discount', { mode: 'json' }).$type<unknown>(),
    latestInvoiceId: text('latest_invoice_id'),
    pastDueSince: milliseconds('past_due_since'),
    payUrl: text('pay_url'),
    /** Mails of dunning that were sent for the present debt. */
    remindersSent: integer('reminders_sent').notNull().default(0),
    createdAt: milliseconds('created_at').notNull(),
    syncedAt: milliseconds('synced_at').notNull(),
  },
  (table) => [
    index('subscriptions_by_organization').on(table.organizationId, table.status),
    index('subscriptions_by_status').on(table.status, table.currentPeriodEnd),
    index('subscriptions_by_plan').on(table.planId, table.planVersion),
    index('subscriptions_by_beginning').on(table.createdAt),
    index('subscriptions_by_end').on(table.endedAt),
  ],
)

export const invoices = sqliteTable(
  'invoices',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    subscriptionId: text('subscription_id'),
    purpose: text('purpose', { enum: ['subscription', 'credit_pack', 'auto_top_up', 'other'] }).notNull(),
    number: text('number'),
    status: text('status', { enum: ['draft', 'open', 'paid', 'uncollectible', 'void'] }).notNull(),
    currency: text('currency').notNull(),
    subtotalMinor: integer('subtotal_minor').notNull(),
    discountMinor: integer('discount_minor').notNull(),
    taxMinor: integer('tax_minor').notNull(),
    totalMinor: integer('total_minor').notNull(),
    paidMinor: integer('paid_minor').notNull(),
    refundedMinor: integer('refunded_minor').notNull().default(0),
    /** What a dispute holds or has taken. */
    disputedMinor: integer('disputed_minor').notNull().default(0),
    attempts: integer('attempts').notNull().default(0),
    /** Why Stripe made it, in its own word. */
    reason: text('reason'),
    periodStart: milliseconds('period_start'),
    periodEnd: milliseconds('period_end'),
    hostedUrl: text('hosted_url'),
    pdfUrl: text('pdf_url'),
    chargeId: text('charge_id'),
    paymentIntentId: text('payment_intent_id'),
    createdAt: milliseconds('created_at').notNull(),
    paidAt: milliseconds('paid_at'),
    syncedAt: milliseconds('synced_at').notNull(),
  },
  (table) => [
    index('invoices_by_organization').on(table.organizationId, table.createdAt),
    index('invoices_by_status').on(table.status, table.createdAt),
    index('invoices_by_payment').on(table.paymentIntentId),
    index('invoices_by_paid').on(table.paidAt),
  ],
)

/** What was granted for which invoice; `id` is the grant's in the ledger. Written before the ledger is asked. */
export const creditGrants = sqliteTable(
  'credit_grants',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    invoiceId: text('invoice_id').notNull(),
    source: text('source', { enum: ['included', 'promotion', 'bought'] }).notNull(),
    amountMicros: micros('amount_micros').notNull(),
    takenBackMicros: micros('taken_back_micros').notNull().default(0),
    /** What was left of it when its subscription ended: money that goes back afterwards takes that first. */
    expiredMicros: micros('expired_micros').notNull().default(0),
    expiresAt: milliseconds('expires_at'),
    /** `subscription:<sub_…>`, and whether what is left of it ends when this begins. */
    series: text('series'),
    replacesSeries: integer('replaces_series', { mode: 'boolean' }).notNull().default(false),
    /** When what it was paid for begins: which of a series comes later. */
    startsAt: milliseconds('starts_at').notNull().default(0),
    grantedAt: milliseconds('granted_at'),
    createdAt: milliseconds('created_at').notNull(),
  },
  (table) => [
    index('credit_grants_by_series').on(table.series, table.startsAt),
    index('credit_grants_by_invoice').on(table.invoiceId),
    index('credit_grants_by_organization').on(table.organizationId, table.createdAt),
    index('credit_grants_waiting')
      .on(table.createdAt)
      .where(sql`granted_at IS NULL`),
  ],
)

/** The inbox of Stripe's events: stored before they are answered. */
export const stripeEvents = sqliteTable(
  'stripe_events',
  {
    id: id(),
    type: text('type').notNull(),
    /** By Stripe's clock. */
    createdAt: milliseconds('created_at').notNull(),
    receivedAt: milliseconds('received_at').notNull(),
    processedAt: milliseconds('processed_at'),
    state: state(['received', 'processed', 'ignored', 'failed']),
    deliveries: integer('deliveries').notNull().default(1),
    attempts: integer('attempts').notNull().default(0),
    error: text('error'),
    objectId: text('object_id'),
    organizationId: text('organization_id'),
    livemode: integer('livemode', { mode: 'boolean' }).notNull(),
    body: text('body').notNull(),
  },
  (table) => [
    index('stripe_events_by_time').on(table.receivedAt),
    index('stripe_events_by_state').on(table.state, table.receivedAt),
  ],
)

export const autoTopUps = sqliteTable('auto_top_ups', {
  organizationId: text('organization_id').primaryKey(),
  enabled: integer('enabled', { mode: 'boolean' }).notNull(),
  thresholdMicros: micros('threshold_micros').notNull(),
  creditPackId: text('credit_pack_id'),
  currency: text('currency').notNull(),
  monthlyMaximumMinor: integer('monthly_maximum_minor').notNull(),
  /** One at a time: the attempt that runs, and since when. */
  attemptId: text('attempt_id'),
  attemptAt: milliseconds('attempt_at'),
  failedAt: milliseconds('failed_at'),
  failure: text('failure', { enum: ['declined', 'needs_action', 'no_payment_method', 'maximum_reached'] }),
  updatedAt: milliseconds('updated_at').notNull(),
})

/** Every attempt to top up by itself, and its money: the monthly maximum is their sum. */
export const topUpAttempts = sqliteTable(
  'top_up_attempts',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    packId: text('pack_id').notNull(),
    packVersion: integer('pack_version').notNull(),
    amountMinor: integer('amount_minor').notNull(),
    currency: text('currency').notNull(),
    state: state(['running', 'succeeded', 'failed']),
    invoiceId: text('invoice_id'),
    createdAt: milliseconds('created_at').notNull(),
  },
  (table) => [index('top_up_attempts_by_organization').on(table.organizationId, table.createdAt)],
)

/** Overage that the ledger granted, to be told to Stripe's meter: `id` is the entry's and the meter event's identifier. */
export const overageReports = sqliteTable(
  'overage_reports',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    amountMicros: micros('amount_micros').notNull(),
    at: milliseconds('at').notNull(),
    reportedAt: milliseconds('reported_at'),
    error: text('error'),
  },
  (table) => [
    index('overage_reports_waiting')
      .on(table.at)
      .where(sql`reported_at IS NULL`),
    index('overage_reports_by_organization').on(table.organizationId, table.at),
  ],
)

export const disputes = sqliteTable(
  'disputes',
  {
    id: id(),
    organizationId: text('organization_id').notNull(),
    invoiceId: text('invoice_id'),
    chargeId: text('charge_id').notNull(),
    amountMinor: integer('amount_minor').notNull(),
    currency: text('currency').notNull(),
    status: text('status').notNull(),
    reason: text('reason').notNull(),
    createdAt: milliseconds('created_at').notNull(),
    syncedAt: milliseconds('synced_at').notNull(),
  },
  (table) => [index('disputes_by_status').on(table.status)],
)

/** Differences between Stripe and us. */
export const discrepancies = sqliteTable(
  'discrepancies',
  {
    id: id(),
    foundAt: milliseconds('found_at').notNull(),
    kind: text('kind').notNull(),
    organizationId: text('organization_id'),
    subjectId: text('subject_id').notNull(),
    expected: text('expected').notNull(),
    actual: text('actual').notNull(),
    state: state(['repaired', 'raised', 'resolved']),
    resolvedAt: milliseconds('resolved_at'),
    note: text('note'),
  },
  (table) => [
    index('discrepancies_by_state').on(table.state, table.foundAt),
    uniqueIndex('discrepancies_open')
      .on(table.kind, table.subjectId)
      .where(sql`state = 'raised'`),
  ],
)

export const reconciliations = sqliteTable('reconciliations', {
  id: id(),
  startedAt: milliseconds('started_at').notNull(),
  finishedAt: milliseconds('finished_at'),
  subscriptions: integer('subscriptions').notNull().default(0),
  invoices: integer('invoices').notNull().default(0),
  grants: integer('grants').notNull().default(0),
  repaired: integer('repaired').notNull().default(0),
  raised: integer('raised').notNull().default(0),
  /** Where the next step goes on: a run is many small steps. */
  cursor: text('cursor'),
  error: text('error'),
})

/** A subscription change or checkout that is being made: a second click finds the first. */
export const billingActions = sqliteTable(
  'billing_actions',
  {
    organizationId: text('organization_id').notNull(),
    kind: text('kind').notNull(),
    /** What was asked, hashed: the same again is the same action. */
    fingerprint: text('fingerprint').notNull(),
    /** Stripe's object: an open checkout session. */
    objectId: text('object_id'),
    url: text('url'),
    startedAt: milliseconds('started_at').notNull(),
    expiresAt: milliseconds('expires_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.kind] })],
)

export const providerInvoices = sqliteTable(
  'provider_invoices',
  {
    provider: text('provider').notNull(),
    month: text('month').notNull(),
    billedMicros: micros('billed_micros').notNull(),
    note: text('note'),
    updatedAt: milliseconds('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.provider, table.month] })],
)

/** A new version of the free plan on its way to those who subscribed to nothing: many small steps. */
export const planRollouts = sqliteTable('plan_rollouts', {
  planId: text('plan_id').primaryKey(),
  version: integer('version').notNull(),
  /** The last organization that was told. */
  cursor: text('cursor').notNull(),
  /** Of the present step. */
  attempts: integer('attempts').notNull().default(0),
  startedAt: milliseconds('started_at').notNull(),
  finishedAt: milliseconds('finished_at'),
})

/** Sums of the book by day, kept by a trigger: an entry counts once because its row comes once. */
export const usageDays = sqliteTable(
  'usage_days',
  {
    day: text('day').notNull(),
    organizationId: text('organization_id').notNull(),
    service: text('service').notNull(),
    model: text('model').notNull(),
    provider: text('provider').notNull(),
    planId: text('plan_id').notNull(),
    requests: integer('requests').notNull(),
    chargedMicros: micros('charged_micros').notNull(),
    costMicros: micros('cost_micros').notNull(),
    /** Of charges whose cost is not known. */
    uncostedMicros: micros('uncosted_micros').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.day, table.organizationId, table.service, table.model, table.provider, table.planId],
    }),
    index('usage_days_by_organization').on(table.organizationId, table.day),
  ],
)

/** The same sums by who spent and with which key, for the organization's own charts; kept by a trigger as well. */
export const usagePersonDays = sqliteTable(
  'usage_person_days',
  {
    organizationId: text('organization_id').notNull(),
    day: text('day').notNull(),
    userId: text('user_id').notNull(),
    keyId: text('key_id').notNull(),
    service: text('service').notNull(),
    model: text('model').notNull(),
    requests: integer('requests').notNull(),
    chargedMicros: micros('charged_micros').notNull(),
    /** Of every kind of a prompt's tokens, and of an answer's. */
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.day, table.userId, table.keyId, table.service, table.model] }),
  ],
)

/** What each organization has left, by where it came from, as its ledger said. The sum is what the operator owes. */
export const creditOutstanding = sqliteTable(
  'credit_outstanding',
  {
    organizationId: text('organization_id').primaryKey(),
    includedMicros: micros('included_micros').notNull().default(0),
    promotionMicros: micros('promotion_micros').notNull().default(0),
    boughtMicros: micros('bought_micros').notNull().default(0),
    /** When its ledger was asked last. */
    askedAt: milliseconds('asked_at').notNull().default(0),
    /** Since when it may have changed; null: what stands here is what the ledger says. */
    changedAt: milliseconds('changed_at'),
  },
  (table) => [
    index('credit_outstanding_changed')
      .on(table.changedAt)
      .where(sql`changed_at IS NOT NULL`),
  ],
)

/** Shares of a period's included credit at which an organization is told; absent: the usual ones. */
export const usageAlerts = sqliteTable('usage_alerts', {
  organizationId: text('organization_id').primaryKey(),
  percents: text('percents', { mode: 'json' }).$type<number[]>().notNull(),
  updatedAt: milliseconds('updated_at').notNull(),
})

/** What was told already, once for each share and period. */
export const usageAlertsTold = sqliteTable(
  'usage_alerts_told',
  {
    organizationId: text('organization_id').notNull(),
    periodStart: milliseconds('period_start').notNull(),
    percent: integer('percent').notNull(),
    noticeId: text('notice_id').notNull(),
    at: milliseconds('at').notNull(),
    /** Null until the notice is on its way. */
    sentAt: milliseconds('sent_at'),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.periodStart, table.percent] })],
)
