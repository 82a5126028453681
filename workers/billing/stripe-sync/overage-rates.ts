import { overageRate } from '../plans/overage-rate.ts'
import type { Catalogue } from './catalogue.ts'

/** What a micro of overage costs, in every currency that a plan with overage is sold in. */
export function overageRates({ plans, creditPacks }: Catalogue): Record<string, string> {
  const currencies = new Set(
    plans
      .filter(({ body }) => body.overage.policy === 'metered')
      .flatMap(({ body }) => body.prices.map(({ currency }) => currency)),
  )
  const packs = creditPacks.map(({ body }) => body)
  return Object.fromEntries(
    [...currencies].flatMap((currency) => {
      const rate = overageRate({ currency, packs })
      return rate === null ? [] : [[currency, rate]]
    }),
  )
}
