// For tests: an account that sells plans, with a customer who has a card, on a clock that is moved by hand.
import Stripe from 'stripe'
import { startStripe } from '../test-client.ts'

export const day = 86_400
export const at = (text: string): number => Date.parse(text) / 1000

const address = { country: 'SA', city: 'Riyadh', line1: '1 King Fahd Road' }

export async function startAccount({ start = '2026-01-10T12:00:00Z', card = 'pm_card_visa' }: AccountOptions = {}) {
  const local = startStripe()
  const { stripe, engine, time } = local
  time.now = Date.parse(start)
  const price = (product: string, unitAmount: number, interval: 'month' | 'year' = 'month') =>
    stripe.prices.create({ product, currency: 'usd', unit_amount: unitAmount, recurring: { interval } })
  const [pro, team] = [await stripe.products.create({ name: 'Pro' }), await stripe.products.create({ name: 'Team' })]
  const prices = {
    free: await price(pro.id, 0),
    pro: await price(pro.id, 2000),
    proYearly: await price(pro.id, 20_000, 'year'),
    team: await price(team.id, 5000),
  }
  const customer = await stripe.customers.create({ email: 'layla@example.com', address })
  const useCard = async (token: string) => {
    const method = await stripe.paymentMethods.attach(token, { customer: customer.id })
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } })
    return method
  }
  if (card) await useCard(card)
  return {
    ...local,
    customer,
    prices,
    products: { pro, team },
    useCard,
    subscribe: (more: Partial<Stripe.SubscriptionCreateParams> = {}) =>
      stripe.subscriptions.create({ customer: customer.id, items: [{ price: prices.pro.id }], ...more }),
    moveTo: (text: string | number) => engine.advanceTo(typeof text === 'number' ? text : at(text)),
    types: () => engine.store.list('event').map(({ type }) => type),
    eventsOf: (type: string) => engine.store.list('event').filter((event) => event.type === type),
    invoicesOf: async () => (await stripe.invoices.list({ customer: customer.id, limit: 100 })).data.toReversed(),
  }
}

interface AccountOptions {
  start?: string
  /** The customer's card; none where it is empty. */
  card?: string
}

export const decimal = (text: string): Stripe.Decimal => Stripe.Decimal.from(text)

export const itemOf = (subscription: Stripe.Subscription): Stripe.SubscriptionItem => {
  const [item] = subscription.items.data
  if (!item) throw new Error('the subscription has no item')
  return item
}
