// Plans as data: what an operator sells. A version never changes once somebody may have bought it; what changes is
// which version is sold. A subscription keeps the version that it was bought with.
import { z } from 'zod'
import { creditSources } from './ledger.ts'

export const planIntervals = ['month', 'year'] as const
export type PlanInterval = (typeof planIntervals)[number]

/** ISO 4217 in lower case, as Stripe spells it. */
export const Currency = z.string().regex(/^[a-z]{3}$/, 'must be a currency’s three letters, in lower case')

/** In a currency's smallest unit, as Stripe counts it (fils of a dinar: thousands, the last digit zero). */
const MinorAmount = z.number().int().min(0).max(99_999_999)

const Micros = z.number().int().min(0).max(1_000_000_000_000)

export const LocalText = z
  .object({ en: z.string().trim().min(1).max(200), ar: z.string().trim().min(1).max(200) })
  .strict()
export type LocalText = z.infer<typeof LocalText>

export const PlanPrice = z
  .object({ interval: z.enum(planIntervals), currency: Currency, amount_minor: MinorAmount })
  .strict()
export type PlanPrice = z.infer<typeof PlanPrice>

const Limit = z.number().int().min(1).max(1_000_000_000).nullable()

/**
 * `flat`: one price, whoever uses it. `per_seat`: price and included credit for each seat. `contract`: bought by talking
 * to the operator, who makes the subscription; it has no price here. `free`: nothing is paid and nothing subscribed.
 */
export const planKinds = ['free', 'flat', 'per_seat', 'contract'] as const

export const PlanBody = z
  .object({
    kind: z.enum(planKinds),
    name: LocalText,
    description: LocalText,
    /** Shown on the page of plans, in this order. */
    features: z.array(LocalText).max(20),
    prices: z.array(PlanPrice).max(60),
    /** Granted for each paid period; for each seat where seats are sold. Zero for none. */
    included_credit_micros: z.object({ month: Micros, year: Micros }).strict(),
    /** What becomes of included credit that is left when a period ends: gone, kept for one more period, or kept. */
    carry_over: z.enum(['none', 'one_period', 'unlimited']),
    trial: z
      .object({ days: z.number().int().min(1).max(90), credit_micros: Micros, needs_payment_method: z.boolean() })
      .strict()
      .nullable(),
    seats: z
      .object({ minimum: z.number().int().min(1).max(10_000), maximum: z.number().int().min(1).max(10_000).nullable() })
      .strict()
      .describe('how many members; where seats are sold, how many may be bought'),
    requests_per_minute: Limit,
    tokens_per_minute: Limit,
    parallel_requests: Limit,
    models: z
      .array(z.string().regex(/^[\w.@-]+\/([\w.@:/-]+|\*)$/, 'must be vendor/model or vendor/*'))
      .max(500)
      .nullable()
      .describe('null for all'),
    storage_bytes: z.number().int().min(0).nullable(),
    overage: z
      .object({
        policy: z.enum(['stop', 'metered']),
        /** The most that an organization may allow itself in a period, for each seat where seats are sold. */
        cap_micros: Micros,
      })
      .strict(),
  })
  .strict()
  .superRefine((plan, check) => {
    const sold = plan.kind === 'flat' || plan.kind === 'per_seat'
    if (sold !== plan.prices.length > 0)
      check.addIssue({ code: 'custom', path: ['prices'], message: sold ? 'must have a price' : 'has no price' })
    const names = plan.prices.map(({ interval, currency }) => `${interval} ${currency}`)
    if (new Set(names).size < names.length)
      check.addIssue({ code: 'custom', path: ['prices'], message: 'one price for each interval and currency' })
    if (plan.seats.maximum !== null && plan.seats.maximum < plan.seats.minimum)
      check.addIssue({ code: 'custom', path: ['seats', 'maximum'], message: 'is below the minimum' })
  })
export type PlanBody = z.infer<typeof PlanBody>

export const PlanId = z.string().regex(/^[a-z][a-z0-9_-]{0,30}$/, 'must be a short name in lower case')

export const Plan = z.object({
  id: z.string(),
  version: z.number().int(),
  position: z.number().int(),
  /** Where it can be bought right now: its prices are known to Stripe. */
  available: z.boolean(),
  body: PlanBody,
})
export type Plan = z.infer<typeof Plan>

export const CreditPackBody = z
  .object({
    name: LocalText,
    credit_micros: Micros.min(1),
    prices: z
      .array(z.object({ currency: Currency, amount_minor: MinorAmount.min(1) }).strict())
      .min(1)
      .max(30),
    /** Null: it never expires. */
    expires_after_days: z.number().int().min(1).max(3_650).nullable(),
  })
  .strict()
export type CreditPackBody = z.infer<typeof CreditPackBody>

export const CreditPack = z.object({
  id: z.string(),
  version: z.number().int(),
  position: z.number().int(),
  available: z.boolean(),
  body: CreditPackBody,
})
export type CreditPack = z.infer<typeof CreditPack>

/** The public page of plans: GET /api/billing/plans. */
export const PlanOffer = z.object({
  mode: z.enum(['stripe', 'granted', 'unlimited']).describe('whether anything is sold here'),
  /** A stand-in or a test account takes the payments: no money moves. */
  test_payments: z.boolean(),
  currencies: z.array(z.string()),
  contact: z.string().nullable().describe('where to go for a plan by contract: `mailto:` or https'),
  plans: z.array(Plan),
  credit_packs: z.array(CreditPack),
})
export type PlanOffer = z.infer<typeof PlanOffer>

export const CreditSourceName = z.enum(creditSources)
