import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Subscription, SubscriptionItem, SubscriptionSchedule } from '../tables.ts'
import { boundary, type BillingInterval } from './periods.ts'
import { intervalOf, recurringPrice } from './prices.ts'
import { itemsOf } from './subscription-build.ts'

export type Phase = SubscriptionSchedule['phases'][number]

export interface PhaseGiven {
  items: { price?: string; plan?: string; quantity?: number; metadata?: Record<string, string> | '' }[]
  start_date?: number | 'now'
  end_date?: number | 'now'
  /** So many periods of its first price. */
  iterations?: number
  duration?: { interval: BillingInterval; interval_count?: number }
  proration_behavior?: 'none' | 'create_prorations' | 'always_invoice'
  billing_cycle_anchor?: 'automatic' | 'phase_start'
  collection_method?: 'charge_automatically' | 'send_invoice'
  currency?: string
  default_payment_method?: string
  description?: string
  discounts?: { coupon?: string; discount?: string; promotion_code?: string }[] | ''
  metadata?: Record<string, string> | ''
  trial?: boolean
  trial_end?: number | 'now'
}

const blankPhase = {
  add_invoice_items: [],
  application_fee_percent: null,
  billing_cycle_anchor: null,
  billing_thresholds: null,
  collection_method: null,
  default_payment_method: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  invoice_settings: null,
  metadata: {},
  on_behalf_of: null,
  proration_behavior: 'create_prorations',
  transfer_data: null,
  trial_end: null,
} as const satisfies Partial<Phase>

const phaseItem = (item: {
  price: string
  quantity?: number
  metadata?: Record<string, string>
}): Phase['items'][number] => ({
  billing_thresholds: null,
  discounts: [],
  metadata: item.metadata ?? {},
  plan: item.price,
  price: item.price,
  ...(item.quantity !== undefined && { quantity: item.quantity }),
  tax_rates: [],
})

const toPhaseItem = (item: SubscriptionItem) =>
  phaseItem({ price: item.price.id, quantity: item.quantity, metadata: item.metadata })

/** What a subscription is now, as the first phase of a schedule. */
export function presentPhase(subscription: Subscription): Phase {
  const items = itemsOf(subscription)
  return {
    ...blankPhase,
    currency: subscription.currency,
    discounts: subscription.discounts.map((discount) => ({ coupon: null, discount, promotion_code: null })),
    end_date: Math.max(...items.map((item) => item.current_period_end)),
    items: items.map((item) => toPhaseItem(item)),
    start_date: Math.min(...items.map((item) => item.current_period_start)),
    trial_end: subscription.trial_end,
  }
}

function endOf(engine: Engine, given: PhaseGiven, start: number, now: number): number {
  if (given.end_date === 'now') return now
  if (given.end_date !== undefined) return given.end_date
  const first = given.items[0]?.price ?? given.items[0]?.plan
  const span = given.duration
    ? { interval: given.duration.interval, intervalCount: given.duration.interval_count ?? 1 }
    : intervalOf(recurringPrice(engine, first ?? '', 'phases[0][items][0][price]'))
  return boundary({ anchor: start, ...span }, given.duration ? 1 : (given.iterations ?? 1))
}

/** Phases as a request has them: each begins where the one before it ends. */
export function phasesOf(engine: Engine, given: PhaseGiven[], { start, now }: { start: number; now: number }): Phase[] {
  const phases: Phase[] = []
  for (const [index, phase] of given.entries()) {
    const said = phase.start_date === 'now' ? now : phase.start_date
    const begins = said ?? phases.at(-1)?.end_date ?? start
    const ends = endOf(engine, phase, begins, now)
    if (ends <= begins)
      throw invalid('The end of a phase must come after its start.', { param: `phases[${index}][end_date]` })
    const items = phase.items.map((item, place) => {
      const param = `phases[${index}][items][${place}][price]`
      const price = recurringPrice(engine, item.price ?? item.plan ?? '', param)
      return {
        price,
        item: phaseItem({ price: price.id, quantity: item.quantity ?? 1, metadata: item.metadata || {} }),
      }
    })
    phases.push({
      ...blankPhase,
      billing_cycle_anchor: phase.billing_cycle_anchor ?? null,
      collection_method: phase.collection_method ?? null,
      currency: items[0]?.price.currency ?? 'usd',
      default_payment_method: phase.default_payment_method ?? null,
      description: phase.description || null,
      discounts: (phase.discounts || []).map((each) => ({
        coupon: each.coupon ?? null,
        discount: each.discount ?? null,
        promotion_code: each.promotion_code ?? null,
      })),
      end_date: ends,
      items: items.map(({ item }) => item),
      metadata: phase.metadata || {},
      proration_behavior: phase.proration_behavior ?? 'create_prorations',
      start_date: begins,
      trial_end: typeof phase.trial_end === 'number' ? phase.trial_end : phase.trial ? ends : null,
    })
  }
  return phases
}

export const phaseAt = (schedule: { phases: Phase[] }, at: number): Phase | undefined =>
  schedule.phases.find((phase) => phase.start_date <= at && at < phase.end_date)
