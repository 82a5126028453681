// What we believe of Stripe, as journeys that its own SDK makes. They run against the local stand-in at every test, and
// against a Stripe test account with `LIVE=1 STRIPE_SECRET_KEY=sk_test_… npx vitest run test/stripe`: what differs there
// is wrong here.
import Stripe from 'stripe'
import { expect, test } from 'vitest'

export interface StripeWorld {
  stripe: Stripe
  /** The same, that sends what Stripe's own types forbid. */
  careless: Stripe
  /** Called between two looks at a clock that advances. */
  pause(): Promise<void>
}

const DAY = 86_400
const idOf = (thing: string | { id: string } | null | undefined): string =>
  typeof thing === 'string' ? thing : (thing?.id ?? '')

/** A customer on a clock of their own, with a card that pays. */
async function createCustomer({ stripe }: StripeWorld, card = 'pm_card_visa') {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: Date.UTC(2027, 0, 10) / 1_000 })
  const customer = await stripe.customers.create({ name: 'Salma', email: 'salma@example.com', test_clock: clock.id })
  const method = await stripe.paymentMethods.attach(card, { customer: customer.id })
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
  return { clock, customer }
}

async function advance({ stripe, pause }: StripeWorld, clockId: string, seconds: number): Promise<void> {
  const { frozen_time: now } = await stripe.testHelpers.testClocks.retrieve(clockId)
  await stripe.testHelpers.testClocks.advance(clockId, { frozen_time: now + seconds })
  for (let look = 0; look < 600; look++) {
    const { status } = await stripe.testHelpers.testClocks.retrieve(clockId)
    if (status === 'ready') return
    expect(status).toBe('advancing')
    await pause()
  }
  throw new Error('the clock did not become ready')
}

async function createPrice({ stripe }: StripeWorld, amount: number, interval: 'month' | 'year' = 'month') {
  const product = await stripe.products.create({ name: `Plan of ${amount}` })
  return stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: amount, recurring: { interval } })
}

const itemOf = (subscription: Stripe.Subscription) => subscription.items.data[0]!

async function invoicesOf({ stripe }: StripeWorld, subscription: string): Promise<Stripe.Invoice[]> {
  const { data } = await stripe.invoices.list({ subscription, limit: 100 })
  return data
}

export function describeJourneys(worldOf: () => StripeWorld, timeout: number): void {
  const journey = (name: string, run: (world: StripeWorld) => Promise<void>) =>
    test(name, () => run(worldOf()), timeout)

  journey('who subscribes has an active subscription, and its first invoice is paid', async (world) => {
    const { stripe } = world
    const { customer } = await createCustomer(world)
    const price = await createPrice(world, 2_000)
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id, quantity: 3 }],
      metadata: { organization_id: 'org_1' },
    })
    expect(subscription.status).toBe('active')
    const [invoice] = await invoicesOf(world, subscription.id)
    expect(invoice).toMatchObject({
      status: 'paid',
      billing_reason: 'subscription_create',
      total: 6_000,
      amount_paid: 6_000,
    })
    expect(idOf(invoice!.parent?.subscription_details?.subscription)).toBe(subscription.id)
    expect(invoice!.parent?.subscription_details?.metadata).toEqual({ organization_id: 'org_1' })
    const [line] = invoice!.lines.data
    expect(line).toMatchObject({ amount: 6_000, quantity: 3 })
    expect(line!.period).toEqual({
      start: itemOf(subscription).current_period_start,
      end: itemOf(subscription).current_period_end,
    })
  })

  journey('a period of a subscription that began on the 31st ends with the month', async (world) => {
    const { stripe } = world
    const clock = await stripe.testHelpers.testClocks.create({ frozen_time: Date.UTC(2027, 0, 31, 12) / 1_000 })
    const customer = await stripe.customers.create({ test_clock: clock.id })
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
    const price = await createPrice(world, 500)
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      default_payment_method: method.id,
    })
    expect(itemOf(subscription).current_period_end).toBe(Date.UTC(2027, 1, 28, 12) / 1_000)
    await advance(world, clock.id, 29 * DAY)
    const later = await stripe.subscriptions.retrieve(subscription.id)
    expect(itemOf(later).current_period_end).toBe(Date.UTC(2027, 2, 31, 12) / 1_000)
  })

  journey('a renewal is invoiced when the period ends, and paid about an hour later', async (world) => {
    const { stripe } = world
    const { clock, customer } = await createCustomer(world)
    const price = await createPrice(world, 2_000)
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    await advance(world, clock.id, 31 * DAY + 60)
    const [draft] = await invoicesOf(world, id)
    expect(draft).toMatchObject({ status: 'draft', billing_reason: 'subscription_cycle', total: 2_000 })
    await advance(world, clock.id, 2 * 3_600)
    const [renewal, first] = await invoicesOf(world, id)
    expect(renewal).toMatchObject({ id: draft!.id, status: 'paid', amount_paid: 2_000 })
    expect(renewal!.lines.data[0]!.period.start).toBe(first!.lines.data[0]!.period.end)
  })

  journey('what an upgrade will cost is what it costs, at the moment that was shown', async (world) => {
    const { stripe } = world
    const { clock, customer } = await createCustomer(world)
    const [small, large] = [await createPrice(world, 2_000), await createPrice(world, 5_000)]
    const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: small.id }] })
    await advance(world, clock.id, 10 * DAY)
    const { frozen_time: now } = await stripe.testHelpers.testClocks.retrieve(clock.id)
    const change: Stripe.SubscriptionUpdateParams & Stripe.InvoiceCreatePreviewParams.SubscriptionDetails = {
      items: [{ id: itemOf(subscription).id, price: large.id, quantity: 2 }],
      proration_behavior: 'always_invoice',
      proration_date: now,
    }
    const preview = await stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: change,
    })
    await stripe.subscriptions.update(subscription.id, { ...change, payment_behavior: 'pending_if_incomplete' })
    const [invoice] = await invoicesOf(world, subscription.id)
    expect(invoice).toMatchObject({
      status: 'paid',
      billing_reason: 'subscription_update',
      total: preview.total,
      amount_paid: preview.amount_due,
    })
    // 21 of 31 days are left: two of 50 dollars less one of 20.
    expect(preview.total).toBe(Math.round((10_000 * 21) / 31) - Math.round((2_000 * 21) / 31))
    const amounts = (lines: Stripe.InvoiceLineItem[]) => lines.map(({ amount }) => amount).toSorted((a, b) => a - b)
    expect(amounts(invoice!.lines.data)).toEqual(amounts(preview.lines.data))
    expect(invoice!.lines.data.every(({ parent }) => parent?.subscription_item_details?.proration)).toBe(true)
  })

  journey('an upgrade that is not paid changes nothing', async (world) => {
    const { stripe } = world
    const { customer } = await createCustomer(world)
    const [small, large] = [await createPrice(world, 2_000), await createPrice(world, 5_000)]
    const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: small.id }] })
    const failing = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
    await stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id })
    const updated = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: itemOf(subscription).id, price: large.id }],
      proration_behavior: 'always_invoice',
      payment_behavior: 'pending_if_incomplete',
    })
    expect(updated.status).toBe('active')
    expect(itemOf(updated).price.id).toBe(small.id)
    expect(updated.pending_update?.subscription_items?.[0]?.price.id).toBe(large.id)
  })

  journey('a payment that fails leaves the subscription past due until it is paid', async (world) => {
    const { stripe } = world
    const { clock, customer } = await createCustomer(world)
    const price = await createPrice(world, 2_000)
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    const failing = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer: customer.id })
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: failing.id } })
    await advance(world, clock.id, 31 * DAY + 2 * 3_600)
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('past_due')
    const [open] = await invoicesOf(world, id)
    expect(open).toMatchObject({ status: 'open', amount_remaining: 2_000, attempted: true })
    expect(open!.hosted_invoice_url).toMatch(/^http/)
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id })
    await stripe.invoices.pay(open!.id!, { payment_method: good.id })
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('active')
  })

  journey(
    'a downgrade that is scheduled comes at the end of the period, and can be taken back before',
    async (world) => {
      const { stripe } = world
      const { clock, customer } = await createCustomer(world)
      const [small, large] = [await createPrice(world, 2_000), await createPrice(world, 5_000)]
      const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: large.id }] })
      const plan = async () => {
        const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
        const [present] = schedule.phases
        return stripe.subscriptionSchedules.update(schedule.id, {
          end_behavior: 'release',
          phases: [
            { items: [{ price: large.id, quantity: 1 }], start_date: present!.start_date, end_date: present!.end_date },
            { items: [{ price: small.id, quantity: 1 }], duration: { interval: 'month', interval_count: 1 } },
          ],
          proration_behavior: 'none',
        })
      }
      const first = await plan()
      expect(idOf((await stripe.subscriptions.retrieve(subscription.id)).schedule)).toBe(first.id)
      await stripe.subscriptionSchedules.release(first.id)
      expect((await stripe.subscriptions.retrieve(subscription.id)).schedule).toBeNull()
      await plan()
      expect(itemOf(await stripe.subscriptions.retrieve(subscription.id)).price.id).toBe(large.id)
      await advance(world, clock.id, 31 * DAY + 2 * 3_600)
      expect(itemOf(await stripe.subscriptions.retrieve(subscription.id)).price.id).toBe(small.id)
      const [renewal] = await invoicesOf(world, subscription.id)
      expect(renewal).toMatchObject({ status: 'paid', total: 2_000 })
    },
  )

  journey('who cancels keeps the subscription until the period ends, and may change their mind', async (world) => {
    const { stripe } = world
    const { clock, customer } = await createCustomer(world)
    const price = await createPrice(world, 2_000)
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    const cancelled = await stripe.subscriptions.update(id, {
      cancel_at_period_end: true,
      cancellation_details: { feedback: 'too_expensive', comment: 'Next year again.' },
    })
    expect(cancelled).toMatchObject({ status: 'active', cancel_at: itemOf(cancelled).current_period_end })
    expect((await stripe.subscriptions.update(id, { cancel_at_period_end: false })).cancel_at).toBeNull()
    await stripe.subscriptions.update(id, { cancel_at_period_end: true })
    await advance(world, clock.id, 32 * DAY)
    expect((await stripe.subscriptions.retrieve(id)).status).toBe('canceled')
    expect(await invoicesOf(world, id)).toHaveLength(1)
  })

  journey('a trial costs nothing, and is paid for when it ends', async (world) => {
    const { stripe } = world
    const { clock, customer } = await createCustomer(world)
    const price = await createPrice(world, 2_000)
    const subscription = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 14,
    })
    expect(subscription.status).toBe('trialing')
    expect((await invoicesOf(world, subscription.id))[0]).toMatchObject({ status: 'paid', total: 0 })
    await advance(world, clock.id, 14 * DAY + 2 * 3_600)
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active')
    expect((await invoicesOf(world, subscription.id))[0]).toMatchObject({ status: 'paid', total: 2_000 })
  })

  journey('a coupon that holds once makes the first invoice cheaper and no other', async (world) => {
    const { stripe } = world
    const { clock, customer } = await createCustomer(world)
    const price = await createPrice(world, 2_000)
    const coupon = await stripe.coupons.create({ percent_off: 25, duration: 'once' })
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      discounts: [{ coupon: coupon.id }],
    })
    expect((await invoicesOf(world, id))[0]).toMatchObject({ subtotal: 2_000, total: 1_500 })
    await advance(world, clock.id, 31 * DAY + 2 * 3_600)
    expect((await invoicesOf(world, id))[0]).toMatchObject({ total: 2_000 })
  })

  journey('what a meter counted is billed at the end of the period, to the cent, each event once', async (world) => {
    const { stripe } = world
    const { clock, customer } = await createCustomer(world)
    const name = `overage_${customer.id.toLowerCase()}`
    const meter = await stripe.billing.meters.create({
      display_name: 'Overage',
      event_name: name,
      default_aggregation: { formula: 'sum' },
      customer_mapping: { type: 'by_id', event_payload_key: 'stripe_customer_id' },
      value_settings: { event_payload_key: 'value' },
    })
    const product = await stripe.products.create({ name: 'Overage' })
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount_decimal: Stripe.Decimal.from('0.0001'),
      recurring: { interval: 'month', usage_type: 'metered', meter: meter.id },
    })
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    const { frozen_time: now } = await stripe.testHelpers.testClocks.retrieve(clock.id)
    const report = (identifier: string, value: string) =>
      stripe.billing.meterEvents.create({
        event_name: name,
        identifier: `${customer.id}_${identifier}`,
        timestamp: now,
        payload: { stripe_customer_id: customer.id, value },
      })
    await report('first', '12344000')
    await report('second', '6000')
    await report('second', '6000').catch(() => undefined)
    await advance(world, clock.id, 31 * DAY + 2 * 3_600)
    // 12,350,000 micros at a ten-thousandth of a cent each.
    expect((await invoicesOf(world, id))[0]).toMatchObject({ total: 1_235, status: 'paid' })
  })

  journey('a refund gives back a part, and then no more than is left', async (world) => {
    const { stripe } = world
    const { customer } = await createCustomer(world)
    const price = await createPrice(world, 2_000)
    const { id } = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] })
    const [paid] = await invoicesOf(world, id)
    const { data } = await stripe.invoicePayments.list({ invoice: paid!.id!, limit: 10 })
    const intent = idOf(data[0]!.payment.payment_intent)
    const refund = await stripe.refunds.create(
      { payment_intent: intent, amount: 500 },
      { idempotencyKey: `r-${intent}` },
    )
    const again = await stripe.refunds.create(
      { payment_intent: intent, amount: 500 },
      { idempotencyKey: `r-${intent}` },
    )
    expect(again.id).toBe(refund.id)
    const charge = await stripe.charges.retrieve(idOf(refund.charge))
    expect(charge).toMatchObject({ amount: 2_000, amount_refunded: 500, refunded: false })
    await expect(stripe.refunds.create({ payment_intent: intent, amount: 1_501 })).rejects.toMatchObject({
      type: 'StripeInvalidRequestError',
    })
  })

  journey('the same idempotency key with another body is refused', async ({ stripe }) => {
    const idempotencyKey = `k-${crypto.randomUUID()}`
    const first = await stripe.customers.create({ name: 'A' }, { idempotencyKey })
    expect((await stripe.customers.create({ name: 'A' }, { idempotencyKey })).id).toBe(first.id)
    await expect(stripe.customers.create({ name: 'B' }, { idempotencyKey })).rejects.toMatchObject({
      type: 'StripeIdempotencyError',
    })
  })

  journey('what is wrong is said in Stripe’s way', async ({ careless: stripe }) => {
    await expect(stripe.customers.retrieve('cus_nobody')).rejects.toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
    })
    const unknown = { emial: 'a@b.example' } as Stripe.CustomerCreateParams
    await expect(stripe.customers.create(unknown)).rejects.toMatchObject({ code: 'parameter_unknown', param: 'emial' })
    await expect(
      stripe.subscriptions.create({ items: [] } as unknown as Stripe.SubscriptionCreateParams),
    ).rejects.toMatchObject({ type: 'StripeInvalidRequestError' })
  })

  journey('a checkout has a page, and ends when it is told to', async (world) => {
    const { stripe } = world
    const price = await createPrice(world, 2_000)
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      client_reference_id: 'org_1',
      line_items: [{ price: price.id, quantity: 1 }],
      success_url: 'https://example.com/done?session_id={CHECKOUT_SESSION_ID}',
      cancel_url: 'https://example.com/back',
    })
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', client_reference_id: 'org_1' })
    expect(session.url).toMatch(/^http/)
    expect((await stripe.checkout.sessions.expire(session.id)).status).toBe('expired')
  })
}
