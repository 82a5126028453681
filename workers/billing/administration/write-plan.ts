// A plan is changed by a new version. Who subscribed keeps the version that they pay for.
import { PlanId } from '#shared/contracts/plans'
import type { AdminPlan, WritePlan } from '#shared/contracts/billing-administration'
import { conflict, notFound } from '#shared/http/problems'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import { parseWith } from '#shared/http/validate'
import type { BillingContext } from '../context.ts'
import { adminPlans } from './list-plans.ts'
import { makePrices } from './make-prices.ts'
import { startRollout } from './rollout.ts'
import { sameBody } from './same-body.ts'
import { changedMeanwhile, setArchived, setPosition, writeItem } from './sold-items.ts'

interface Named {
  id: string
  ctx: BillingContext
}

/** Whoever subscribed to nothing has the free plan, so there is always one, and only one. */
function keepOneFreePlan({ id, kind, plans }: { id: string; kind: string; plans: AdminPlan[] }): void {
  const free = plans.find((plan) => plan.body.kind === 'free' && !plan.archived)
  if (free?.id === id && kind !== 'free')
    throw conflict('Whoever subscribed to nothing has this plan: it stays the free one.')
  if (free && free.id !== id && kind === 'free') throw conflict(`There is a free plan already: ${free.id}.`)
}

const findPlan = (plans: AdminPlan[], id: string): AdminPlan => {
  const plan = plans.find((each) => each.id === id)
  if (!plan) throw notFound('plan')
  return plan
}

export async function writePlan({ id, input, ctx }: Named & { input: WritePlan }): Promise<AdminPlan> {
  const { userId, organizationId } = requirePlatformAdmin(ctx.principal)
  parseWith(PlanId, id)
  const plans = await adminPlans(ctx)
  const present = plans.find((plan) => plan.id === id)
  if ((present?.version ?? 0) !== input.if_version) throw changedMeanwhile(present?.version ?? 0)
  keepOneFreePlan({ id, kind: input.body.kind, plans })
  await ctx.audit({
    organizationId,
    actor: { userId, keyId: null },
    targetId: id,
    action: present ? 'plan.updated' : 'plan.created',
    facts: { version: input.if_version + 1 },
  })
  if (present && sameBody(present.body, input.body)) {
    await setPosition({ kind: 'plan', id, position: input.position, ctx })
  } else {
    await writeItem({
      kind: 'plan',
      id,
      ifVersion: input.if_version,
      position: input.position,
      body: input.body,
      by: userId,
      at: ctx.clock(),
      ctx,
    })
    await makePrices({ kind: 'plan', id, ctx })
    if (input.body.kind === 'free') await startRollout({ planId: id, ctx })
  }
  return findPlan(await adminPlans(ctx), id)
}

export async function archivePlan({ id, archived, ctx }: Named & { archived: boolean }): Promise<AdminPlan> {
  const { userId, organizationId } = requirePlatformAdmin(ctx.principal)
  const plans = await adminPlans(ctx)
  const plan = findPlan(plans, id)
  if (archived && plan.body.kind === 'free')
    throw conflict('Whoever subscribed to nothing has this plan: it cannot be archived.')
  if (!archived) keepOneFreePlan({ id, kind: plan.body.kind, plans })
  await ctx.audit({
    organizationId,
    actor: { userId, keyId: null },
    targetId: id,
    action: archived ? 'plan.archived' : 'plan.updated',
    facts: { archived },
  })
  await setArchived({ kind: 'plan', id, archived, ctx })
  return findPlan(await adminPlans(ctx), id)
}
