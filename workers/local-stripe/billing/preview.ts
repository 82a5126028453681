// The invoice that would come: of a change, of a new subscription, or of the next renewal.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Customer, Discount, Invoice, Subscription } from '../tables.ts'
import { boundaryItems } from './boundary-items.ts'
import { discountsFor, newDiscount, type DiscountParam } from './customer-discounts.ts'
import { buildInvoice } from './invoice-build.ts'
import { draftOfInvoiceItem, type LineDraft } from './invoice-lines.ts'
import { taxedCustomer } from './invoice-totals.ts'
import type { ItemGiven } from './item-changes.ts'
import { pendingItems } from './pending-items.ts'
import { phaseAt, type Phase } from './schedule-phases.ts'
import { itemsForPhase } from './schedule-work.ts'
import { applied, type AppliedGiven } from './subscription-apply.ts'
import { nextPeriodEnd, withItems } from './subscription-build.ts'
import { unpaidUse } from './subscription-cancel.ts'
import { planRenewal } from './subscription-renew.ts'
import { firstLines, startSubscription } from './subscription-start.ts'
import { plannedUpdateInvoice, waitingProrations } from './subscription-update.ts'
import type { TaxedCustomer } from './tax.ts'

export interface PreviewGiven {
  customer?: string
  subscription?: string
  schedule?: string
  phases?: Phase[]
  details?: AppliedGiven & { cancel_at_period_end?: boolean; cancel_now?: boolean }
  discounts?: DiscountParam[]
  automaticTax?: boolean
  currency?: string
  extraLines: LineDraft[]
  taxedAs?: (customer: Customer) => TaxedCustomer
}

const nothingUpcoming = (customer: string) =>
  invalid(`No upcoming invoices for customer: ${customer}`, { code: 'invoice_upcoming_none', status: 404 })

interface Preview {
  engine: Engine
  given: PreviewGiven
  customer: Customer
}

interface PreviewedInvoice {
  subscription: Subscription | null
  lines: LineDraft[]
  reason: NonNullable<Invoice['billing_reason']>
  period: { start: number; end: number }
  prorationDate?: number
  at: number
}

function discountsOf({ engine, given, customer }: Preview, subscription: Subscription | null): Discount[] {
  if (!given.discounts) return discountsFor(engine, { customer, subscription })
  const now = engine.now({ customer: customer.id })
  const holder = { customer: customer.id, subscription: subscription?.id ?? null }
  return given.discounts.map((each) => newDiscount(engine, { given: each, holder, now }))
}

function previewOf(preview: Preview, invoice: PreviewedInvoice): Invoice {
  const { engine, given, customer } = preview
  const { subscription, at, lines, ...rest } = invoice
  return buildInvoice(engine, {
    ...rest,
    lines: [...lines, ...given.extraLines],
    customer,
    subscription,
    at,
    currency: subscription?.currency ?? given.currency ?? customer.currency ?? 'usd',
    discounts: discountsOf(preview, subscription),
    automaticTax: given.automaticTax ?? subscription?.automatic_tax.enabled ?? false,
    taxedAs: given.taxedAs?.(customer) ?? taxedCustomer(engine, customer),
    preview: true,
  })
}

/** A subscription that does not exist yet. */
function ofNew(preview: Preview, items: ItemGiven[]): Invoice {
  const { engine, given, customer } = preview
  const trial = given.details?.trial_end
  const subscription = startSubscription(engine, {
    customer,
    items,
    discounts: discountsOf(preview, null),
    trialEnd: typeof trial === 'number' ? trial : null,
  })
  const at = subscription.created
  const lines = firstLines(engine, subscription)
  return previewOf(preview, { subscription, lines, reason: 'upcoming', period: { start: at, end: at }, at })
}

/** What a schedule makes of a subscription by the end of its period. */
function asScheduled({ engine, given }: Preview, subscription: Subscription): Subscription {
  const id = given.schedule ?? subscription.schedule
  const schedule = id ? engine.store.get('subscription_schedule', id) : undefined
  const at = nextPeriodEnd(subscription)
  const phases = given.phases ?? schedule?.phases
  const phase = phases && phaseAt({ phases }, at)
  if (!phase) return subscription
  return boundaryItems(engine, { subscription, items: itemsForPhase(subscription, phase), now: at })
}

/** The next renewal, with what waits for it. */
function ofRenewal(preview: Preview, subscription: Subscription, prorations: LineDraft[], at: number): Invoice {
  const { engine } = preview
  const scheduled = asScheduled(preview, subscription)
  const { issued, subscription: next } = planRenewal(engine, scheduled)
  const waiting = issued.items.map((item) => draftOfInvoiceItem(engine, item))
  return previewOf(preview, {
    subscription: next,
    lines: [...waiting, ...prorations, ...issued.lines],
    reason: 'upcoming',
    period: issued.period,
    ...(prorations.length > 0 && { prorationDate: at }),
    at: nextPeriodEnd(subscription),
  })
}

/** A subscription that ends: only use that was not paid, and what waits. */
function ofLast(preview: Preview, subscription: Subscription, at: number): Invoice {
  const { engine, customer } = preview
  const { currency, id } = subscription
  const items = pendingItems(engine, { customer: customer.id, subscription: id, currency })
  const lines = [...items.map((item) => draftOfInvoiceItem(engine, item)), ...unpaidUse(engine, subscription, at)]
  if (lines.length === 0) throw nothingUpcoming(customer.id)
  return previewOf(preview, { subscription, lines, reason: 'upcoming', period: { start: at, end: at }, at })
}

function ofExisting(preview: Preview, before: Subscription): Invoice {
  const { engine, given } = preview
  if (before.status === 'canceled' || before.status === 'incomplete_expired') throw nothingUpcoming(before.customer)
  const details = given.details ?? {}
  const now = engine.now(before)
  if (details.cancel_now) return ofLast(preview, before, now)
  const { changed, change, prorationDate } = applied(engine, { before, given: details })
  const update = { before, changed, change, behavior: 'allow_incomplete', prorationDate, offSession: false } as const
  const immediate = plannedUpdateInvoice(engine, { given: update, preview: true })
  if (immediate && immediate.issued.items.length + immediate.issued.lines.length > 0) {
    const { issued } = immediate
    const items = issued.items.map((item) => draftOfInvoiceItem(engine, item))
    return previewOf(preview, { ...issued, lines: [...items, ...issued.lines], reason: 'upcoming', at: now })
  }
  const after = change ? { ...withItems(changed, change.items), billing_cycle_anchor: change.anchor } : changed
  const ends = details.cancel_at_period_end ?? (before.cancel_at !== null && before.cancel_at <= nextPeriodEnd(before))
  if (ends) return ofLast(preview, after, nextPeriodEnd(after))
  const prorations = change ? waitingProrations(engine, after, change) : []
  return ofRenewal(preview, after, prorations, prorationDate)
}

/** Things of a customer that wait for an invoice that belongs to no subscription. */
function ofPending(preview: Preview): Invoice {
  const { engine, given, customer } = preview
  const currency = given.currency ?? customer.currency ?? 'usd'
  const items = pendingItems(engine, { customer: customer.id, subscription: null, currency })
  const lines = items.map((item) => draftOfInvoiceItem(engine, item))
  if (lines.length + given.extraLines.length === 0) throw nothingUpcoming(customer.id)
  const at = engine.now({ customer: customer.id })
  return previewOf(preview, { subscription: null, lines, reason: 'upcoming', period: { start: at, end: at }, at })
}

function subscriptionOf(engine: Engine, given: PreviewGiven): Subscription | undefined {
  if (given.subscription !== undefined) return engine.need('subscription', given.subscription, 'subscription')
  if (given.schedule === undefined) return undefined
  const { subscription } = engine.need('subscription_schedule', given.schedule, 'schedule')
  return subscription ? engine.store.get('subscription', subscription) : undefined
}

export function previewInvoice(engine: Engine, given: PreviewGiven): Invoice {
  const named = subscriptionOf(engine, given)
  const customerId = given.customer ?? named?.customer
  if (customerId === undefined) {
    throw invalid('You must provide a customer, a subscription or a schedule.', { param: 'customer' })
  }
  if (named && named.customer !== customerId) {
    throw invalid(`Customer ${customerId} does not have a subscription with ID ${named.id}.`, {
      code: 'resource_missing',
    })
  }
  const preview = { engine, given, customer: engine.need('customer', customerId, 'customer') }
  if (named) return ofExisting(preview, named)
  const items = given.details?.items
  if (items) return ofNew(preview, items)
  const running = engine.store
    .list('subscription', { customer: customerId })
    .filter(({ status }) => ['active', 'trialing', 'past_due'].includes(status))
    .toSorted((left, right) => nextPeriodEnd(left) - nextPeriodEnd(right))[0]
  return running ? ofExisting(preview, running) : ofPending(preview)
}
