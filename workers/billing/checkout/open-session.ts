// One open page of Stripe's for an organization and a purpose: who asks the same again gets the same page, who asks
// something else has the first one closed.
import Stripe from 'stripe'
import type { Redirect } from '#shared/contracts/billing'
import { conflict, isProblem } from '#shared/http/problems'
import type { BillingSystem } from '../context.ts'
import { stripeOf } from '../stripe-of.ts'
import { askStripe, expectObject, isMissing, tellStripe } from '../stripe.ts'
import { fold } from '../sync/fold.ts'
import { idOf } from '../sync/organization-of.ts'
import { toMilliseconds } from '../sync/stripe-time.ts'
import { isLive } from '../sync/subscription-repository.ts'
import { syncSubscription } from '../sync/sync-subscription.ts'
import { claimAction, dropAction, finishAction, somebodyElse, type BillingAction } from './actions-repository.ts'

type Session = Stripe.Checkout.Session

interface Opened {
  organizationId: string
  kind: 'checkout' | 'credit_pack'
  params: Stripe.Checkout.SessionCreateParams
  ctx: BillingSystem
}

async function sessionOf(id: string, ctx: BillingSystem): Promise<Session | null> {
  try {
    return expectObject(await askStripe(() => stripeOf(ctx).checkout.sessions.retrieve(id)), 'checkout.session')
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

/** Somebody has paid on the page that was open: where what they bought still lives, it stands. */
async function refuseSubscribed(session: Session, ctx: BillingSystem): Promise<void> {
  const id = idOf(session.subscription)
  const subscription = id === null ? null : await syncSubscription({ id, ctx: ctx })
  if (subscription && isLive(subscription.status))
    throw conflict('Your organization has just been subscribed. Look at the billing page; nothing more was charged.')
}

/** The page that stands in the way is closed. */
async function close({ action, kind, ctx }: Pick<Opened, 'kind' | 'ctx'> & { action: BillingAction }): Promise<void> {
  const session = action.objectId === null ? null : await sessionOf(action.objectId, ctx)
  if (session?.status === 'complete' && kind === 'checkout') await refuseSubscribed(session, ctx)
  if (session?.status === 'open') {
    try {
      await askStripe(() =>
        stripeOf(ctx).checkout.sessions.expire(session.id, undefined, { idempotencyKey: `expire:${session.id}` }),
      )
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error
      // It was paid in this moment: a subscription stands, credit is simply bought twice by two people.
      const now = await sessionOf(session.id, ctx)
      if (now?.status === 'complete' && kind === 'checkout') await refuseSubscribed(now, ctx)
    }
  }
  await dropAction({ action, ctx })
}

async function create({ params, action, kind, organizationId, ctx }: Opened & { action: BillingAction }) {
  const idempotencyKey = `${kind}:${organizationId}:${action.startedAt}:${action.fingerprint}`
  try {
    const made = await tellStripe(() => stripeOf(ctx).checkout.sessions.create(params, { idempotencyKey }))
    return expectObject(made, 'checkout.session')
  } catch (error) {
    // What Stripe has refused it would refuse again under the same name. What was not heard may have been done.
    if (isProblem(error) && error.code !== 'service_unavailable') await dropAction({ action, ctx })
    throw error
  }
}

/** Null: what was in the way is gone; look again. */
async function attempt(opened: Opened & { fingerprint: string }): Promise<Redirect | null> {
  const { organizationId, kind, fingerprint, ctx } = opened
  const { action } = await claimAction({ organizationId, kind, fingerprint, ctx })
  if (action.fingerprint !== fingerprint && action.objectId === null) throw somebodyElse()
  if (action.fingerprint !== fingerprint) {
    await close({ action, kind, ctx })
    return null
  }
  if (action.objectId !== null) {
    const session = await sessionOf(action.objectId, ctx)
    if (session?.status === 'open' && session.url) return { url: session.url }
    await close({ action, kind, ctx })
    return null
  }
  const session = await create({ ...opened, action })
  if (!session.url) throw new Error('a checkout session came without an address')
  const result = { objectId: session.id, url: session.url, expiresAt: toMilliseconds(session.expires_at) }
  if (!(await finishAction({ action, result, ctx }))) {
    await askStripe(() => stripeOf(ctx).checkout.sessions.expire(session.id)).catch(() => null)
    throw somebodyElse()
  }
  return { url: session.url }
}

const ATTEMPTS = 3

export async function openSession(opened: Opened): Promise<Redirect> {
  const fingerprint = await fold(JSON.stringify(opened.params))
  for (let tried = 0; tried < ATTEMPTS; tried++) {
    const redirect = await attempt({ ...opened, fingerprint })
    if (redirect) return redirect
  }
  throw somebodyElse()
}
