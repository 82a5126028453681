// A session that is paid becomes what it was opened for: a payment, an invoice, a subscription or a saved card.
import type { Engine } from '../engine.ts'
import { confirmIntent, createIntent } from '../payments/intents.ts'
import { confirmSetup, createSetup } from '../payments/setups.ts'
import { attachMethod } from '../payments/usable-method.ts'
import { redeemCoupon } from '../resources/coupons.ts'
import { createCustomer, saveCustomer } from '../resources/customers.ts'
import { redeemPromotionCode } from '../resources/promotion-codes.ts'
import { addTaxId, taxIdsOf } from '../resources/tax-ids.ts'
import type {
  CheckoutSession,
  CheckoutSubmission,
  Customer,
  Invoice,
  OpenCheckout,
  PaymentIntent,
  Subscription,
} from '../tables.ts'
import { toLineItems } from './line-items.ts'
import { quoteOf, withQuote, type Quote } from './quote.ts'

interface Completion {
  engine: Engine
  session: CheckoutSession
  open: OpenCheckout
  submission: CheckoutSubmission
  quote: Quote
  customer: Customer | null
}

function updatedCustomer(
  engine: Engine,
  before: Customer,
  open: OpenCheckout,
  submission: CheckoutSubmission,
): Customer {
  return saveCustomer(engine, before, {
    ...before,
    address: open.customerUpdate.address && submission.address ? submission.address : before.address,
    name: open.customerUpdate.name && submission.name ? submission.name : before.name,
    email: before.email ?? submission.email,
  })
}

function buyerOf(
  engine: Engine,
  session: CheckoutSession,
  open: OpenCheckout,
  submission: CheckoutSubmission,
): Customer | null {
  if (!session.customer && session.customer_creation === 'if_required' && session.mode === 'payment') return null
  const known = session.customer ? engine.store.get('customer', session.customer) : undefined
  const address = submission.address
    ? Object.fromEntries(Object.entries(submission.address).map(([key, value]) => [key, value ?? '']))
    : undefined
  const customer = known
    ? updatedCustomer(engine, known, open, submission)
    : createCustomer(engine, {
        ...(submission.email && { email: submission.email }),
        ...(submission.name && { name: submission.name }),
        ...(address && { address }),
      })
  const { taxId } = submission
  if (taxId && !taxIdsOf(engine, customer.id).some(({ value }) => value === taxId.value))
    addTaxId(engine, customer.id, taxId)
  return engine.need('customer', customer.id)
}

function pay({ engine, session, open, submission, quote, customer }: Completion): PaymentIntent | null {
  if (quote.total === 0) return null
  const intent = createIntent(engine, {
    amount: quote.total,
    currency: quote.currency,
    customer: customer?.id,
    description: open.payment?.description,
    metadata: open.payment?.metadata,
    setupFutureUsage: open.payment?.setupFutureUsage,
    receiptEmail: customer?.email ?? submission.email ?? session.customer_email,
    methodTypes: session.payment_method_types,
  })
  return confirmIntent(engine, intent.id, { paymentMethod: submission.paymentMethod, isAuthenticated: true })
}

/** The payment belongs to the invoice, which has its tax and its number. */
function payInvoice({ engine, session, open, submission, customer }: Completion): {
  invoice: Invoice
  intent: string | null
} {
  const data = session.invoice_creation?.invoice_data
  const lines = engine.store.get('_checkout_line', session.id)?.lines ?? []
  const draft = engine.call<Invoice>('POST', '/v1/invoices', {
    customer: customer?.id,
    currency: session.currency,
    auto_advance: false,
    pending_invoice_items_behavior: 'exclude',
    automatic_tax: { enabled: session.automatic_tax.enabled },
    ...(data?.description && { description: data.description }),
    ...(data?.footer && { footer: data.footer }),
    metadata: data?.metadata ?? {},
    ...(open.discount && { discounts: [open.discount] }),
  })
  for (const { price, quantity } of lines)
    engine.call('POST', '/v1/invoiceitems', { customer: customer?.id, invoice: draft.id, pricing: { price }, quantity })
  engine.call('POST', `/v1/invoices/${draft.id}/finalize`)
  return { invoice: engine.need('invoice', draft.id), intent: confirmOpen(engine, draft.id, submission) }
}

/** What an invoice that is open asks for is paid with the card of the page. */
function confirmOpen(engine: Engine, invoice: string, submission: CheckoutSubmission): string | null {
  const payment = engine.store
    .list('invoice_payment')
    .find((each) => each.invoice === invoice && each.status === 'open')
  const intent = payment?.payment.payment_intent
  if (!intent) return null
  confirmIntent(engine, intent, { paymentMethod: submission.paymentMethod, isAuthenticated: true })
  return intent
}

/** The card is charged before it becomes the customer's own: some cards fail only on what is charged later. */
function subscribe({ engine, session, open, submission, customer }: Completion): Subscription {
  const lines = engine.store.get('_checkout_line', session.id)?.lines ?? []
  const priced = lines.map(({ price, quantity }) => ({ price: engine.need('price', price), quantity }))
  const itemOf = ({ price, quantity }: (typeof priced)[number]) => ({
    price: price.id,
    ...(quantity !== null && { quantity }),
  })
  const once = priced.filter(({ price }) => price.type === 'one_time').map(itemOf)
  const started = engine.call<Subscription>('POST', '/v1/subscriptions', {
    ...open.subscription,
    customer: customer?.id,
    items: priced.filter(({ price }) => price.type === 'recurring').map(itemOf),
    ...(once.length > 0 && { add_invoice_items: once }),
    ...(open.discount && { discounts: [open.discount] }),
    automatic_tax: { enabled: session.automatic_tax.enabled },
    payment_behavior: 'default_incomplete',
    payment_settings: { save_default_payment_method: 'off' },
    off_session: false,
  })
  if (typeof started.latest_invoice === 'string') confirmOpen(engine, started.latest_invoice, submission)
  if (!submission.paymentMethod || !customer) return started
  attachMethod(engine, submission.paymentMethod, customer.id)
  return engine.call<Subscription>('POST', `/v1/subscriptions/${started.id}`, {
    default_payment_method: submission.paymentMethod,
  })
}

function saveCard({ engine, open, submission, customer }: Completion): string {
  const setup = createSetup(engine, {
    customer: customer?.id,
    description: open.setup?.description,
    metadata: open.setup?.metadata,
  })
  confirmSetup(engine, setup.id, { paymentMethod: submission.paymentMethod, isAuthenticated: true })
  return setup.id
}

function redeem(engine: Engine, { discount }: OpenCheckout): void {
  if (discount?.promotion_code) redeemPromotionCode(engine, discount.promotion_code)
  const coupon =
    discount?.coupon ??
    (discount?.promotion_code && engine.need('promotion_code', discount.promotion_code).promotion.coupon)
  if (coupon) redeemCoupon(engine, coupon)
}

/** A debit that is on its way is not paid yet. */
function paymentStatus(engine: Engine, quote: Quote, intent: string | null): CheckoutSession['payment_status'] {
  if (quote.total === 0) return 'no_payment_required'
  const isOnItsWay = intent !== null && engine.need('payment_intent', intent).status === 'processing'
  return isOnItsWay ? 'unpaid' : 'paid'
}

function fulfil(completion: Completion): Partial<CheckoutSession> {
  const { engine, session, open, submission, quote, customer } = completion
  if (session.mode === 'setup') return { setup_intent: saveCard(completion) }
  if (session.mode === 'subscription') {
    const subscription = subscribe(completion)
    const invoice = typeof subscription.latest_invoice === 'string' ? subscription.latest_invoice : null
    return { payment_status: paymentStatus(engine, quote, null), subscription: subscription.id, invoice }
  }
  if (session.invoice_creation?.enabled) {
    const { invoice, intent } = payInvoice(completion)
    if (submission.paymentMethod && customer && open.payment?.setupFutureUsage)
      attachMethod(engine, submission.paymentMethod, customer.id)
    return { payment_status: paymentStatus(engine, quote, intent), invoice: invoice.id, payment_intent: intent }
  }
  redeem(engine, open)
  const intent = pay(completion)?.id ?? null
  if (submission.paymentMethod && customer && open.payment?.setupFutureUsage)
    attachMethod(engine, submission.paymentMethod, customer.id)
  return { payment_status: paymentStatus(engine, quote, intent), payment_intent: intent }
}

function detailsOf(
  session: CheckoutSession,
  submission: CheckoutSubmission,
  customer: Customer | null,
): CheckoutSession['customer_details'] {
  return {
    address: submission.address ?? customer?.address ?? null,
    business_name: null,
    email: customer?.email ?? submission.email ?? session.customer_email,
    individual_name: null,
    name: submission.name ?? customer?.name ?? null,
    phone: null,
    tax_exempt: customer?.tax_exempt ?? 'none',
    tax_ids: submission.taxId ? [submission.taxId] : [],
  }
}

export function completeSession(
  engine: Engine,
  before: CheckoutSession,
  submission: CheckoutSubmission,
): CheckoutSession {
  const open = engine.need('_checkout', before.id)
  // It is asked for only when it is over, so that one press of the button is one purchase.
  engine.store.put('_checkout', { ...open, submitted: null })
  const customer = buyerOf(engine, before, open, submission)
  const session = { ...before, customer: customer?.id ?? null }
  const buyer = { country: submission.address?.country ?? null, taxId: submission.taxId }
  const quote = quoteOf(engine, session, buyer)
  const bought = engine.need('_checkout_line', session.id)
  engine.store.put('_checkout_line', { ...bought, settled: toLineItems(quote) })
  const fulfilled = fulfil({ engine, session, open, submission, quote, customer })
  const typed = open.discount && (before.discounts ?? []).length === 0
  const complete: CheckoutSession = {
    ...withQuote(engine, session, buyer),
    ...fulfilled,
    customer_details: detailsOf(session, submission, customer),
    ...(typed && { discounts: [{ coupon: null, promotion_code: open.discount?.promotion_code ?? null }] }),
    status: 'complete',
    url: null,
  }
  engine.store.put('checkout.session', complete)
  engine.store.remove('_checkout', before.id)
  engine.emit('checkout.session.completed', complete)
  return complete
}
