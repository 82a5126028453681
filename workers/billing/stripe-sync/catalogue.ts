// What is sold, as far as Stripe has to know it.
import { z } from 'zod'
import { CreditPackBody, Currency, PlanBody, PlanId } from '#shared/contracts/plans'

const sold = { id: PlanId, version: z.number().int().min(1) }

/** Stripe keeps a coupon as it was made: a change needs another id. */
export const Coupon = z
  .object({
    id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,60}$/, 'must be a short name in lower case'),
    name: z.string().trim().min(1).max(40),
    percent_off: z.number().gt(0).max(100).optional(),
    amount_off: z
      .object({ currency: Currency, amount_minor: z.number().int().min(1) })
      .strict()
      .optional(),
    duration: z.enum(['once', 'repeating', 'forever']),
    duration_in_months: z.number().int().min(1).max(36).optional(),
    max_redemptions: z.number().int().min(1).optional(),
    /** What people type at the checkout. */
    codes: z
      .array(z.string().regex(/^[A-Z0-9-]{3,40}$/, 'must be capital letters, digits and hyphens'))
      .max(20)
      .default([]),
  })
  .strict()
  .superRefine((coupon, check) => {
    if ((coupon.percent_off === undefined) === (coupon.amount_off === undefined))
      check.addIssue({ code: 'custom', path: ['percent_off'], message: 'either a share or an amount' })
    if ((coupon.duration === 'repeating') !== (coupon.duration_in_months !== undefined))
      check.addIssue({ code: 'custom', path: ['duration_in_months'], message: 'belongs to a repeating coupon' })
  })
export type Coupon = z.infer<typeof Coupon>

export const Catalogue = z
  .object({
    plans: z.array(z.object({ ...sold, body: PlanBody }).strict()),
    creditPacks: z.array(z.object({ ...sold, body: CreditPackBody }).strict()),
    coupons: z.array(Coupon).default([]),
  })
  .strict()
export type Catalogue = z.infer<typeof Catalogue>
