// What a session asks: its lines with their discounts and taxes, by where the buyer lives.
import { newDiscount, termsOf } from '../billing/customer-discounts.ts'
import { decideTax, taxedCustomer } from '../billing/invoice-totals.ts'
import { isMetered, priceAmount, productName, productOf, taxBehaviorOf } from '../billing/prices.ts'
import type { TaxDecision, TaxedCustomer } from '../billing/tax.ts'
import { totals, type LineTotals } from '../billing/totals.ts'
import type { Engine } from '../engine.ts'
import type { CheckoutSession, OpenCheckout, Price } from '../tables.ts'

export interface QuotedLine {
  id: string
  price: Price
  quantity: number | null
  name: string
  subtotal: number
  discount: number
  tax: number
  total: number
}

export interface Quote {
  currency: string
  lines: QuotedLine[]
  subtotal: number
  discount: number
  tax: number
  taxStatus: TaxDecision['status'] | null
  total: number
  /** Later than now: what is due then is not asked for today. */
  trialEnd: number | null
}

export interface Buyer {
  country?: string | null
  taxId?: { type: string; value: string } | null
}

function buyerOf(engine: Engine, session: CheckoutSession, buyer: Buyer): TaxedCustomer {
  const customer = session.customer ? engine.store.get('customer', session.customer) : undefined
  const known: TaxedCustomer = customer
    ? taxedCustomer(engine, customer)
    : { country: null, exempt: 'none', taxIds: [] }
  return {
    ...known,
    country: buyer.country || known.country,
    taxIds: buyer.taxId ? [...known.taxIds, { ...buyer.taxId, verification: null }] : known.taxIds,
  }
}

export function trialEndOf(engine: Engine, session: CheckoutSession, open: OpenCheckout | undefined): number | null {
  const data = open?.subscription
  if (data?.trial_end) return data.trial_end
  return data?.trial_period_days ? engine.now(session) + data.trial_period_days * 86_400 : null
}

const exclusiveTax = (price: Price, { tax }: LineTotals) => (taxBehaviorOf(price) === 'inclusive' ? 0 : tax)

export function quoteOf(engine: Engine, session: CheckoutSession, buyer: Buyer = {}): Quote {
  const open = engine.store.get('_checkout', session.id)
  const trialEnd = trialEndOf(engine, session, open)
  const bought = (engine.store.get('_checkout_line', session.id)?.lines ?? []).map((line) => ({
    ...line,
    price: engine.need('price', line.price),
  }))
  const now = engine.now(session)
  const currency = session.currency ?? 'usd'
  const discounts = open?.discount
    ? [newDiscount(engine, { given: open.discount, holder: { customer: session.customer }, now })]
    : []
  const tax = session.automatic_tax.enabled ? decideTax(engine, buyerOf(engine, session, buyer)) : null
  const isFree = (price: Price) => isMetered(price) || (trialEnd !== null && price.type === 'recurring')
  const sums = totals({
    lines: bought.map(({ price, quantity }) => ({
      amount: isFree(price) ? 0 : priceAmount({ price, quantity: quantity ?? 0 }),
      discountable: true,
      product: productOf(price),
      taxBehavior: taxBehaviorOf(price),
    })),
    discounts: termsOf(engine, { discounts, at: now, currency }),
    tax,
  })
  const lines = bought.map(({ id, price, quantity }, index): QuotedLine => {
    const line = sums.lines[index]!
    const subtotal = isFree(price) ? 0 : priceAmount({ price, quantity: quantity ?? 0 })
    const discount = line.discounts.reduce((all, { amount }) => all + amount, 0)
    const total = subtotal - discount + exclusiveTax(price, line)
    return { id, price, quantity, name: productName(engine, price), subtotal, discount, tax: line.tax, total }
  })
  return {
    currency,
    lines,
    subtotal: sums.subtotal,
    discount: sums.discounts.reduce((all, { amount }) => all + amount, 0),
    tax: sums.inclusiveTax + sums.exclusiveTax,
    taxStatus: tax?.status ?? null,
    total: sums.total,
    trialEnd,
  }
}

/** The sums of a session as the API shows them. */
export function withQuote(engine: Engine, session: CheckoutSession, buyer: Buyer = {}): CheckoutSession {
  if (session.mode === 'setup') return session
  const quote = quoteOf(engine, session, buyer)
  return {
    ...session,
    amount_subtotal: quote.subtotal,
    amount_total: quote.total,
    automatic_tax: { ...session.automatic_tax, status: quote.taxStatus },
    total_details: { amount_discount: quote.discount, amount_shipping: 0, amount_tax: quote.tax },
  }
}
