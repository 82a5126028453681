// One attempt: an invoice of our own, paid off-session, so that tax and receipt are right. Every step is named by the
// attempt: what was done before a Worker was lost is found at Stripe, and gone on with from there.
import Stripe from 'stripe'
import { eq } from 'drizzle-orm'
import { billingCustomers } from '#db/schema/billing'
import { stripeOf } from '../stripe-of.ts'
import { askStripe } from '../stripe.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { toSeconds } from '../sync/stripe-time.ts'
import { syncInvoice } from '../sync/sync-invoice.ts'
import { tell } from '../sync/tell.ts'
import { monthOf } from './month-of.ts'
import { createTopUpRows, type AttemptRow, type TopUpFailure, type TopUpRow } from './top-up-rows.ts'

interface Attempt {
  attempt: AttemptRow
  /** Null where nothing sells the pack any more. */
  priceId: string | null
  row: TopUpRow
  ctx: MoneyContext
}

type Payer = Attempt & { customer: string }

const keyOf = ({ attempt }: Attempt, step: string) => ({ idempotencyKey: `riwaq:top-up:${attempt.id}:${step}` })

async function payerOf({ attempt, ctx }: Attempt): Promise<string | null> {
  const [row] = await ctx.db
    .select()
    .from(billingCustomers)
    .where(eq(billingCustomers.organizationId, attempt.organizationId))
    .limit(1)
  return row && row.deletedAt === null ? row.stripeCustomerId : null
}

/** What an earlier try has made of it. */
async function findInvoice({ attempt, customer, ctx }: Payer): Promise<Stripe.Invoice | null> {
  const gte = toSeconds(attempt.createdAt) - 60
  const { data } = await askStripe(() => stripeOf(ctx).invoices.list({ customer, created: { gte }, limit: 100 }))
  return data.find(({ metadata }) => metadata?.attempt_id === attempt.id) ?? null
}

async function draft(payer: Payer): Promise<Stripe.Invoice> {
  const { attempt, customer, ctx } = payer
  const { organizationId, packId, packVersion, currency, id } = attempt
  return askStripe(() =>
    stripeOf(ctx).invoices.create(
      {
        customer,
        currency,
        collection_method: 'charge_automatically',
        auto_advance: false,
        pending_invoice_items_behavior: 'exclude',
        ...(ctx.settings.hasTax && { automatic_tax: { enabled: true } }),
        metadata: {
          organization_id: organizationId,
          purpose: 'auto_top_up',
          pack_id: packId,
          pack_version: String(packVersion),
          quantity: '1',
          attempt_id: id,
        },
      },
      keyOf(payer, 'invoice'),
    ),
  )
}

async function finalize(payer: Payer, invoice: Stripe.Invoice, price: string): Promise<Stripe.Invoice> {
  const { customer, ctx } = payer
  const stripe = stripeOf(ctx)
  if (invoice.lines.data.length === 0)
    await askStripe(() =>
      stripe.invoiceItems.create(
        { customer, invoice: invoice.id, pricing: { price }, quantity: 1 },
        keyOf(payer, 'item'),
      ),
    )
  return askStripe(() => stripe.invoices.finalizeInvoice(invoice.id, { auto_advance: false }, keyOf(payer, 'finalize')))
}

const actionCodes = [
  'authentication_required',
  'invoice_payment_intent_requires_action',
  'subscription_payment_intent_requires_action',
]

/** Null where it is paid. What is no answer of the payer's bank is thrown, and tried again. */
async function pay(payer: Payer, invoice: Stripe.Invoice): Promise<TopUpFailure | null> {
  try {
    const paid = await askStripe(() =>
      stripeOf(payer.ctx).invoices.pay(invoice.id, { off_session: true }, keyOf(payer, 'pay')),
    )
    return paid.status === 'paid' ? null : 'needs_action'
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    if (actionCodes.includes(error.code ?? '') || actionCodes.includes(error.decline_code ?? '')) return 'needs_action'
    if (error instanceof Stripe.errors.StripeCardError) return 'declined'
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return refusalOf(error, payer, invoice)
    throw error
  }
}

/** Paid by now, or nothing to pay with. */
async function refusalOf(error: Stripe.errors.StripeError, { ctx }: Payer, { id }: Stripe.Invoice) {
  const { status } = await askStripe(() => stripeOf(ctx).invoices.retrieve(id))
  if (status === 'paid') return null
  ctx.logger.warn('top-up-refused', { invoice: id, code: error.code ?? null })
  return 'no_payment_method'
}

/** With tax it may be more than the price of the pack was. */
async function isBeyondMaximum({ attempt, row, ctx }: Payer, total: number): Promise<boolean> {
  const { organizationId, currency, id, createdAt } = attempt
  const since = monthOf(createdAt)
  const spent = await createTopUpRows(ctx.db).spentSince({ organizationId, since, currency, but: id })
  return spent + total > row.monthlyMaximumMinor
}

async function fail({ attempt, ctx }: Attempt, failure: TopUpFailure, invoice: Stripe.Invoice | null): Promise<void> {
  const { id, organizationId } = attempt
  const stripe = stripeOf(ctx)
  // Nobody is to be charged for it later, when nobody expects it.
  if (invoice?.status === 'open')
    await askStripe(() => stripe.invoices.voidInvoice(invoice.id, {}, { idempotencyKey: `riwaq:top-up:${id}:void` }))
  if (invoice?.status === 'draft') await askStripe(() => stripe.invoices.del(invoice.id))
  if (invoice?.status === 'open') await syncInvoice({ id: invoice.id, ctx })
  await tell({ organizationId, type: 'top_up.failed', about: id, data: { top_up_id: id, reason: failure } }, ctx)
  await createTopUpRows(ctx.db).end({ attempt, failure, now: ctx.clock() })
}

async function succeed({ attempt, ctx }: Attempt, invoice: Stripe.Invoice): Promise<void> {
  const { id, organizationId, currency } = attempt
  // Before another attempt may begin, what this one bought is there.
  await syncInvoice({ id: invoice.id, ctx })
  const data = { top_up_id: id, invoice_id: invoice.id, total_minor: invoice.total, currency }
  await tell({ organizationId, type: 'top_up.succeeded', about: id, data }, ctx)
  await createTopUpRows(ctx.db).end({ attempt, failure: null, now: ctx.clock() })
}

async function collect(payer: Payer, invoice: Stripe.Invoice): Promise<void> {
  if (invoice.status === 'paid') return succeed(payer, invoice)
  if (invoice.status !== 'open') return fail(payer, 'declined', invoice)
  if (await isBeyondMaximum(payer, invoice.total)) return fail(payer, 'maximum_reached', invoice)
  const { attempt, ctx } = payer
  await createTopUpRows(ctx.db).keepInvoice({ id: attempt.id, invoiceId: invoice.id, amountMinor: invoice.total })
  const failure = await pay(payer, invoice)
  return failure === null ? succeed(payer, invoice) : fail(payer, failure, invoice)
}

export async function attemptTopUp(asked: Attempt): Promise<void> {
  const customer = await payerOf(asked)
  if (customer === null) return fail(asked, 'no_payment_method', null)
  const payer = { ...asked, customer }
  const invoice = (await findInvoice(payer)) ?? (await draft(payer))
  await createTopUpRows(asked.ctx.db).keepInvoice({ id: asked.attempt.id, invoiceId: invoice.id })
  if (invoice.status !== 'draft') return collect(payer, invoice)
  if (asked.priceId === null) return fail(payer, 'declined', invoice)
  return collect(payer, await finalize(payer, invoice, asked.priceId))
}
