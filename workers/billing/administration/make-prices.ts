// What was just written is made known to Stripe at once, where Stripe sells. Should that fail, the plan is written all the
// same and not yet available: its prices are made when it is first bought, or by `npm run stripe:sync`.
import type { BillingSystem } from '../context.ts'
import { ensurePrice, wantedOfPack, wantedOfPlan, type Wanted } from '../plans/ensure-prices.ts'
import { findPack } from '../plans/packs-repository.ts'
import { findPlan } from '../plans/plans-repository.ts'
import type { SoldKind } from './sold-items.ts'

interface Asked {
  kind: SoldKind
  id: string
  ctx: BillingSystem
}

async function wantedOf({ kind, id, ctx }: Asked): Promise<Wanted[]> {
  if (kind === 'plan') {
    const plan = await findPlan({ planId: id, ctx })
    return plan ? wantedOfPlan(plan) : []
  }
  const pack = await findPack({ packId: id, ctx })
  return pack ? wantedOfPack(pack) : []
}

export async function makePrices(asked: Asked): Promise<void> {
  const { id, ctx } = asked
  if (ctx.stripe === null) return
  try {
    for (const wanted of await wantedOf(asked)) await ensurePrice({ wanted, ctx })
  } catch (error) {
    ctx.logger.warn('prices-not-made', { item: id, reason: error instanceof Error ? error.message : String(error) })
  }
}
