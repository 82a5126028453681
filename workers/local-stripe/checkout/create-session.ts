import type { Engine } from '../engine.ts'
import { invalid, missingParameter } from '../errors.ts'
import { mergeMetadata } from '../metadata.ts'
import { addPrice } from '../resources/price-build.ts'
import { addProduct } from '../resources/products.ts'
import type { CheckoutLines, CheckoutSession, OpenCheckout, Price } from '../tables.ts'
import { withQuote } from './quote.ts'
import type { SessionGiven } from './session-params.ts'

type Mode = 'payment' | 'setup' | 'subscription'
type GivenLine = NonNullable<SessionGiven['line_items']>[number]

const day = 86_400

function priceOf(engine: Engine, line: GivenLine, at: string): Price {
  if (line.price) return engine.need('price', line.price, `${at}[price]`)
  const data = line.price_data
  if (!data) throw missingParameter(`${at}[price]`)
  const { product_data: productData, product, ...rest } = data
  if (product) return addPrice(engine, { ...rest, product })
  if (!productData) throw missingParameter(`${at}[price_data][product]`)
  return addPrice(engine, { ...rest, product: addProduct(engine, productData).id })
}

function linesOf(engine: Engine, given: SessionGiven, mode: Mode): { price: Price; quantity: number | null }[] {
  const lines = (given.line_items ?? []).map((line, index) => {
    const price = priceOf(engine, line, `line_items[${index}]`)
    const isMetered = price.recurring?.usage_type === 'metered'
    if (!price.active)
      throw invalid('The price specified is inactive. This field only accepts active prices.', {
        param: `line_items[${index}][price]`,
      })
    if (isMetered && line.quantity !== undefined)
      throw invalid('Quantity should not be specified where usage_type is metered.', {
        param: `line_items[${index}][quantity]`,
      })
    if (!isMetered && line.quantity === undefined) throw missingParameter(`line_items[${index}][quantity]`)
    return { price, quantity: isMetered ? null : (line.quantity ?? 1) }
  })
  if (mode === 'setup') {
    if (lines.length > 0) throw invalid('You can not pass `line_items` in `setup` mode.', { param: 'line_items' })
    return lines
  }
  if (lines.length === 0) throw missingParameter('line_items')
  if (mode === 'payment' && lines.some(({ price }) => price.type === 'recurring'))
    throw invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      { param: 'line_items' },
    )
  if (mode === 'subscription' && !lines.some(({ price }) => price.type === 'recurring'))
    throw invalid('You must provide at least one recurring price in `subscription` mode when using prices.', {
      param: 'line_items',
    })
  if (new Set(lines.map(({ price }) => price.currency)).size > 1)
    throw invalid('All line items of a session must have one currency.', { param: 'line_items' })
  return lines
}

function refuseNonsense(engine: Engine, given: SessionGiven, mode: Mode): void {
  if (!given.success_url) throw missingParameter('success_url')
  if (mode === 'setup' && !given.customer && !given.currency) throw missingParameter('currency')
  if (given.customer && given.customer_email)
    throw invalid('You may only specify one of these parameters: customer, customer_email.')
  if (given.customer_update && !given.customer)
    throw invalid('`customer_update` can only be used with `customer`.', { param: 'customer_update' })
  if (given.allow_promotion_codes && given.discounts)
    throw invalid('You may only specify one of these parameters: allow_promotion_codes, discounts.')
  if ((given.discounts?.length ?? 0) > 1) throw invalid('You can only apply one discount.', { param: 'discounts' })
  if (given.invoice_creation?.enabled && mode !== 'payment')
    throw invalid('You can only enable invoice creation when `mode` is set to `payment`.', {
      param: 'invoice_creation',
    })
  if (given.subscription_data && mode !== 'subscription')
    throw invalid('You can not pass `subscription_data` in this mode.', { param: 'subscription_data' })
  if (given.payment_intent_data && mode !== 'payment')
    throw invalid('You can not pass `payment_intent_data` in this mode.', { param: 'payment_intent_data' })
  if (given.allowed_payment_method_types?.includes('sepa_debit') && mode !== 'payment')
    throw invalid('This local stand-in debits bank accounts in `payment` mode alone.', {
      param: 'allowed_payment_method_types',
    })
  const customer = given.customer ? engine.need('customer', given.customer, 'customer') : null
  if (given.automatic_tax?.enabled && customer && !customer.address && given.customer_update?.address !== 'auto')
    throw invalid(
      'Automatic tax calculation in Checkout requires a valid address on the Customer. Add a valid address to the Customer or set `customer_update[address]` to `auto`.',
      { code: 'customer_tax_location_invalid', param: 'customer' },
    )
  if (given.tax_id_collection?.enabled && customer && given.customer_update?.name !== 'auto')
    throw invalid(
      'Tax ID collection requires updating business name on the customer. Set `customer_update[name]` to `auto`.',
      { param: 'tax_id_collection' },
    )
}

function expiryOf(engine: Engine, given: SessionGiven): number {
  const now = engine.now({ customer: given.customer })
  const expiresAt = given.expires_at ?? now + day
  if (expiresAt < now + 1800 - 60 || expiresAt > now + day + 60)
    throw invalid(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      { param: 'expires_at' },
    )
  return expiresAt
}

function sessionOf(
  engine: Engine,
  given: SessionGiven,
  { mode, currency }: { mode: Mode; currency: string },
): CheckoutSession {
  const id = `cs_test_${engine.config.random(58)}`
  const invoice = given.invoice_creation
  const data = invoice?.invoice_data
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: given.allow_promotion_codes ?? null,
    allowed_payment_method_types: given.allowed_payment_method_types ?? null,
    amount_subtotal: null,
    amount_total: null,
    automatic_tax: {
      enabled: given.automatic_tax?.enabled ?? false,
      liability: given.automatic_tax?.enabled ? { type: 'self' } : null,
      provider: null,
      status: null,
    },
    billing_address_collection: given.billing_address_collection ?? null,
    cancel_url: given.cancel_url ?? null,
    client_reference_id: given.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: engine.now({ customer: given.customer }),
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: given.customer ?? null,
    customer_account: null,
    customer_creation: given.customer
      ? null
      : (given.customer_creation ?? (mode === 'payment' ? 'if_required' : 'always')),
    customer_details: null,
    customer_email: given.customer_email ?? null,
    discounts: (given.discounts ?? []).map((each) => ({
      coupon: each.coupon ?? null,
      promotion_code: each.promotion_code ?? null,
    })),
    expires_at: expiryOf(engine, given),
    integration_identifier: null,
    invoice: null,
    invoice_creation:
      mode === 'payment'
        ? {
            enabled: invoice?.enabled ?? false,
            invoice_data: {
              account_tax_ids: null,
              custom_fields: data?.custom_fields || null,
              description: data?.description ?? null,
              footer: data?.footer ?? null,
              issuer: null,
              metadata: mergeMetadata(null, data?.metadata),
              rendering_options: null,
            },
          }
        : null,
    livemode: false,
    locale: given.locale ?? null,
    managed_payments: null,
    metadata: mergeMetadata(null, given.metadata),
    mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: given.payment_method_collection ?? (mode === 'payment' ? 'if_required' : 'always'),
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: given.allowed_payment_method_types ?? ['card'],
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: given.submit_type ?? null,
    subscription: null,
    success_url: given.success_url ?? null,
    tax_id_collection: {
      enabled: given.tax_id_collection?.enabled ?? false,
      required: given.tax_id_collection?.required ?? 'never',
    },
    total_details: null,
    ui_mode: 'hosted_page',
    url: `${engine.config.origin}/c/pay/${id}`,
    wallet_options: null,
  }
}

function openOf(session: CheckoutSession, given: SessionGiven): OpenCheckout {
  const { subscription_data: subscription, payment_intent_data: payment, setup_intent_data: setup } = given
  return {
    id: session.id,
    expiresAt: session.expires_at,
    customerUpdate: {
      address: given.customer_update?.address === 'auto',
      name: given.customer_update?.name === 'auto',
    },
    subscription: subscription ? { ...subscription, metadata: mergeMetadata(null, subscription.metadata) } : null,
    payment: payment
      ? {
          description: payment.description,
          metadata: mergeMetadata(null, payment.metadata),
          setupFutureUsage: payment.setup_future_usage,
        }
      : null,
    setup: setup ? { description: setup.description, metadata: mergeMetadata(null, setup.metadata) } : null,
    discount: given.discounts?.[0] ?? null,
    submitted: null,
  }
}

export function createSession(engine: Engine, given: SessionGiven): CheckoutSession {
  const mode = given.mode ?? 'payment'
  refuseNonsense(engine, given, mode)
  const lines = linesOf(engine, given, mode)
  const session = sessionOf(engine, given, { mode, currency: lines[0]?.price.currency ?? given.currency ?? 'usd' })
  const bought: CheckoutLines = {
    id: session.id,
    lines: lines.map(({ price, quantity }) => ({ id: engine.id('li'), price: price.id, quantity })),
  }
  engine.store.put('_checkout', openOf(session, given))
  engine.store.put('_checkout_line', bought)
  const quoted = withQuote(engine, session)
  engine.store.put('checkout.session', quoted)
  return quoted
}
