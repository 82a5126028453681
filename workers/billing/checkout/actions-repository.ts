// What is being made right now, one of a kind for an organization: a second click finds the first, and a second person
// is told that somebody was faster.
import { and, eq, gt, lte, sql, type InferSelectModel } from 'drizzle-orm'
import { billingActions } from '#db/schema/billing'
import { conflict } from '#shared/http/problems'
import type { BillingSystem } from '../context.ts'

export type BillingAction = InferSelectModel<typeof billingActions>

interface Named {
  organizationId: string
  kind: 'checkout' | 'credit_pack' | 'change'
}

type Asked = Named & { ctx: Pick<BillingSystem, 'db' | 'clock'> }

/** How long what has begun may take before somebody else may begin. */
const BEGUN_MS = 30_000

const DROPPED = 0

/** What was begun was not heard of: who asks the same again goes on with it, under the same name. */
export const UNHEARD = 'unheard'

export const somebodyElse = () =>
  conflict('Somebody in your organization is doing this right now. Look again in half a minute. Nothing was charged.')

const isNamed = ({ organizationId, kind }: Pick<BillingAction, 'organizationId' | 'kind'>) =>
  and(eq(billingActions.organizationId, organizationId), eq(billingActions.kind, kind))

const isThis = (action: BillingAction) =>
  and(
    isNamed(action),
    eq(billingActions.fingerprint, action.fingerprint),
    eq(billingActions.startedAt, action.startedAt),
  )

export async function findAction({ organizationId, kind, ctx }: Asked): Promise<BillingAction | null> {
  const [row] = await ctx.db
    .select()
    .from(billingActions)
    .where(and(isNamed({ organizationId, kind }), gt(billingActions.expiresAt, DROPPED)))
    .limit(1)
  return row ?? null
}

/** The action that stands, and whether it was begun just now, by this caller. */
export async function claimAction({
  organizationId,
  kind,
  fingerprint,
  ctx,
}: Asked & { fingerprint: string }): Promise<{ action: BillingAction; isMine: boolean }> {
  const now = ctx.clock()
  const fresh = { fingerprint, objectId: null, url: null, startedAt: now, expiresAt: now + BEGUN_MS }
  const [mine] = await ctx.db
    .insert(billingActions)
    .values({ organizationId, kind, ...fresh })
    .onConflictDoUpdate({
      target: [billingActions.organizationId, billingActions.kind],
      // Never the moment of the one before: it names what is asked of Stripe.
      set: { ...fresh, startedAt: sql`max(${now}, ${billingActions.startedAt} + 1)` },
      setWhere: lte(billingActions.expiresAt, now),
    })
    .returning()
  if (mine) return { action: mine, isMine: true }
  const action = await findAction({ organizationId, kind, ctx })
  // Another click finished and cleared it in this very moment.
  if (!action) throw somebodyElse()
  return { action, isMine: false }
}

type Result = Pick<BillingAction, 'objectId' | 'url' | 'expiresAt'>

/** False where another has taken over meanwhile. */
export async function finishAction({
  action,
  result,
  ctx,
}: {
  action: BillingAction
  result: Partial<Result>
  ctx: Asked['ctx']
}): Promise<boolean> {
  const done = await ctx.db
    .update(billingActions)
    .set(result)
    .where(isThis(action))
    .returning({ kind: billingActions.kind })
  return done.length > 0
}

/** True for one of several who would go on with what was not heard of. */
export async function takeUp({ action, ctx }: { action: BillingAction; ctx: Asked['ctx'] }): Promise<boolean> {
  const taken = await ctx.db
    .update(billingActions)
    .set({ objectId: null, expiresAt: ctx.clock() + BEGUN_MS })
    .where(and(isThis(action), eq(billingActions.objectId, UNHEARD)))
    .returning({ kind: billingActions.kind })
  return taken.length > 0
}

export async function dropAction({ action, ctx }: { action: BillingAction; ctx: Asked['ctx'] }): Promise<void> {
  await ctx.db.update(billingActions).set({ expiresAt: DROPPED, objectId: null, url: null }).where(isThis(action))
}
