// What is sold here, for whoever looks: the page of plans.
import type { CreditPack, Plan, PlanOffer } from '#shared/contracts/plans'
import type { BillingSystem } from '../context.ts'
import { listPacks } from './packs-repository.ts'
import { listPlans } from './plans-repository.ts'
import type { StoredPack, StoredPlan } from './stored-plan.ts'

type Asked = { ctx: Pick<BillingSystem, 'db' | 'clock' | 'settings'> }

/** A price that Stripe does not know yet is made when it is first bought: what is sold is available. */
export const toOffer = ({ plan, ctx }: Asked & { plan: StoredPlan }): Plan => ({
  id: plan.id,
  version: plan.version,
  position: plan.position,
  available: ctx.settings.mode === 'stripe' && !plan.archived && plan.body.prices.length > 0,
  body: plan.body,
})

const toPackOffer = ({ pack, ctx }: Asked & { pack: StoredPack }): CreditPack => ({
  id: pack.id,
  version: pack.version,
  position: pack.position,
  available: ctx.settings.mode === 'stripe' && !pack.archived,
  body: pack.body,
})

/** The operator's own first, the others as they are met. */
function currenciesOf({ plans, packs, first }: { plans: StoredPlan[]; packs: StoredPack[]; first: string }): string[] {
  const all = [...plans, ...packs].flatMap(({ body }) => body.prices.map(({ currency }) => currency))
  return [...new Set(all)].toSorted((a, b) => Number(b === first) - Number(a === first))
}

export async function listOffer({ ctx }: Asked): Promise<PlanOffer> {
  const { mode, testPayments, defaultCurrency: first, salesContact: contact } = ctx.settings
  const [plans, packs] = await Promise.all([listPlans({ ctx }), listPacks({ ctx })])
  return {
    mode,
    test_payments: testPayments,
    currencies: currenciesOf({ plans, packs, first }),
    contact,
    plans: plans.map((plan) => toOffer({ plan, ctx })),
    credit_packs: packs.map((pack) => toPackOffer({ pack, ctx })),
  }
}
