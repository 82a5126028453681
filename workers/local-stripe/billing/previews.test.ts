// Lives made up by chance, the same every time: whatever is changed, the preview and the invoice that then comes agree.
import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { day, itemOf, startAccount } from './test-account.ts'

/** Numbers that look random and are always the same for a seed. */
function dice(seed: number) {
  let state = seed * 2_654_435_761
  const roll = () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e37_79b9) | 0
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32
  }
  return {
    below: (count: number) => Math.floor(roll() * count),
    pick: <T>(items: readonly [T, ...T[]]): T => items[Math.floor(roll() * items.length)] ?? items[0],
  }
}

const shown = (invoice: Stripe.Invoice) => ({
  total: invoice.total,
  subtotal: invoice.subtotal,
  discounts: (invoice.total_discount_amounts ?? []).map(({ amount }) => amount),
  taxes: (invoice.total_taxes ?? []).map(({ amount }) => amount),
  lines: invoice.lines.data.map(({ amount, quantity, period, description }) => [amount, quantity, period, description]),
})

type Account = Awaited<ReturnType<typeof startAccount>>

async function begin(account: Account, { below, pick }: ReturnType<typeof dice>): Promise<Stripe.Subscription> {
  const { stripe, subscribe, prices } = account
  const coupon = await stripe.coupons.create(
    pick<Stripe.CouponCreateParams>([
      { percent_off: 12.5, duration: 'forever' },
      { percent_off: 50, duration: 'once' },
      { amount_off: 333, currency: 'usd', duration: 'repeating', duration_in_months: 2 },
    ]),
  )
  return subscribe({
    items: [{ price: pick([prices.pro.id, prices.team.id, prices.proYearly.id]), quantity: 1 + below(4) }],
    automatic_tax: { enabled: below(2) === 0 },
    ...(below(2) === 0 && { discounts: [{ coupon: coupon.id }] }),
  })
}

async function change(account: Account, id: string, { below, pick }: ReturnType<typeof dice>): Promise<void> {
  const { stripe, engine, prices } = account
  const before = await stripe.subscriptions.retrieve(id)
  const behavior = pick(['always_invoice', 'create_prorations', 'none'] as const)
  const details = {
    items: [
      {
        id: itemOf(before).id,
        price: pick([prices.pro.id, prices.team.id, prices.proYearly.id]),
        quantity: 1 + below(5),
      },
    ],
    proration_behavior: behavior,
    proration_date: engine.now(),
  }
  const preview = await stripe.invoices.createPreview({ subscription: id, subscription_details: details })
  const after = await stripe.subscriptions.update(id, { ...details, expand: ['latest_invoice'] })
  const isInvoiced = (after.latest_invoice as Stripe.Invoice).id !== before.latest_invoice
  const came = isInvoiced
    ? (after.latest_invoice as Stripe.Invoice)
    : await stripe.invoices.createPreview({ subscription: id })
  expect(shown(came)).toEqual(shown(preview))
}

/** To a moment of the period, or past its end: then the renewal is what was foretold a second before. */
async function wait(account: Account, id: string, { below }: ReturnType<typeof dice>): Promise<void> {
  const { stripe, engine, moveTo, invoicesOf } = account
  const end = itemOf(await stripe.subscriptions.retrieve(id)).current_period_end
  const target = engine.now() + 1 + below(25 * day)
  if (target < end) {
    moveTo(target)
    return
  }
  moveTo(end - 1)
  const preview = await stripe.invoices.createPreview({ subscription: id })
  moveTo(end + 2 * 3600)
  expect(shown((await invoicesOf()).at(-1) ?? preview)).toEqual(shown(preview))
}

test.each(Array.from({ length: 24 }, (_, index) => index + 1))(
  'life %i is charged as it was previewed',
  async (seed) => {
    const account = await startAccount({ start: `2026-01-${String(5 + seed).padStart(2, '0')}T07:31:09Z` })
    const chance = dice(seed)
    const { id } = await begin(account, chance)
    for (let step = 0; step < 6; step += 1) {
      await wait(account, id, chance)
      await change(account, id, chance)
    }
    const invoices = await account.invoicesOf()
    expect(invoices.every(({ status }) => status === 'paid' || status === 'draft')).toBe(true)
    for (const invoice of invoices) {
      expect(invoice.lines.data.reduce((all, line) => all + line.amount, 0)).toBe(invoice.subtotal)
      const taxes = (invoice.total_taxes ?? []).reduce((all, { amount }) => all + amount, 0)
      expect((invoice.total_excluding_tax ?? 0) + taxes).toBe(invoice.total)
    }
  },
)
