import type { z } from 'zod'
import type { AdminPlans, WriteCreditPack } from '#shared/contracts/billing-administration'
import { PlanId } from '#shared/contracts/plans'
import { notFound } from '#shared/http/problems'
import { requirePlatformAdmin } from '#shared/http/require-permission'
import { parseWith } from '#shared/http/validate'
import type { BillingContext } from '../context.ts'
import { adminCreditPacks } from './list-plans.ts'
import { makePrices } from './make-prices.ts'
import { sameBody } from './same-body.ts'
import { changedMeanwhile, setArchived, setPosition, writeItem } from './sold-items.ts'

type AdminCreditPack = z.infer<typeof AdminPlans>['credit_packs'][number]

interface Named {
  id: string
  ctx: BillingContext
}

async function recorded({ id, ctx }: Named, facts: Record<string, number | boolean>): Promise<string> {
  const { userId, organizationId } = requirePlatformAdmin(ctx.principal)
  await ctx.audit({
    organizationId,
    actor: { userId, keyId: null },
    action: 'credit-pack.updated',
    targetId: id,
    facts,
  })
  return userId
}

async function getPack({ id, ctx }: Named): Promise<AdminCreditPack> {
  const pack = (await adminCreditPacks(ctx)).find((each) => each.id === id)
  if (!pack) throw notFound('credit pack')
  return pack
}

export async function writeCreditPack({
  id,
  input,
  ctx,
}: Named & { input: WriteCreditPack }): Promise<AdminCreditPack> {
  requirePlatformAdmin(ctx.principal)
  parseWith(PlanId, id)
  const present = (await adminCreditPacks(ctx)).find((each) => each.id === id)
  if ((present?.version ?? 0) !== input.if_version) throw changedMeanwhile(present?.version ?? 0)
  const userId = await recorded({ id, ctx }, { version: input.if_version + 1 })
  const { position, body } = input
  if (present && sameBody(present.body, body)) {
    await setPosition({ kind: 'credit_pack', id, position, ctx })
  } else {
    const at = ctx.clock()
    await writeItem({ kind: 'credit_pack', id, ifVersion: input.if_version, position, body, by: userId, at, ctx })
    await makePrices({ kind: 'credit_pack', id, ctx })
  }
  return getPack({ id, ctx })
}

export async function archiveCreditPack({
  id,
  archived,
  ctx,
}: Named & { archived: boolean }): Promise<AdminCreditPack> {
  requirePlatformAdmin(ctx.principal)
  await getPack({ id, ctx })
  await recorded({ id, ctx }, { archived })
  await setArchived({ kind: 'credit_pack', id, archived, ctx })
  return getPack({ id, ctx })
}
