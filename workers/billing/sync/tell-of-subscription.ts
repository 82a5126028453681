// What of a subscription is worth telling: the difference between what was known of it and what is.
import type { MoneyContext } from './money-context.ts'
import { isLive, type SubscriptionRow } from './subscription-repository.ts'
import { tell, type Told } from './tell.ts'

type Row = Omit<SubscriptionRow, 'remindersSent'>
type News = Pick<Told, 'type' | 'about' | 'data'>

const works = (status: string | undefined): boolean => status === 'active' || status === 'trialing'

const factsOf = ({ id, planId, interval, seats, status, currentPeriodEnd }: Row) => ({
  subscription_id: id,
  plan_id: planId,
  interval,
  seats,
  status,
  current_period_end: currentPeriodEnd,
})

const sameOffer = (a: Row, b: Row): boolean =>
  a.planId === b.planId && a.planVersion === b.planVersion && a.interval === b.interval && a.seats === b.seats

export function newsOf(before: Row | null, now: Row): News[] {
  const { id } = now
  const data = factsOf(now)
  const wasLive = before !== null && isLive(before.status)
  const news: News[] = []
  if (!wasLive && works(now.status)) news.push({ type: 'subscription.activated', about: id, data })
  // Named by what was known before: until the new row is kept, it is the same news.
  if (before && wasLive && isLive(now.status) && !sameOffer(before, now))
    news.push({ type: 'subscription.changed', about: `${id} ${before.syncedAt}`, data })
  if (now.cancelsAt !== null && isLive(now.status) && before?.cancelsAt !== now.cancelsAt)
    news.push({
      type: 'subscription.canceled',
      about: `${id} at ${now.cancelsAt}`,
      data: { ...data, ends_at: now.cancelsAt, ended: false },
    })
  if (wasLive && !isLive(now.status))
    news.push({ type: 'subscription.canceled', about: id, data: { ...data, ends_at: now.endedAt, ended: true } })
  if (before?.pastDueSince && now.pastDueSince === null && works(now.status))
    news.push({ type: 'payment.recovered', about: `${id} ${before.pastDueSince}`, data })
  return news
}

export async function tellOfSubscription({
  before,
  now,
  ctx,
}: {
  before: Row | null
  now: Row
  ctx: MoneyContext
}): Promise<void> {
  for (const news of newsOf(before, now)) await tell({ ...news, organizationId: now.organizationId }, ctx)
}

const WARNED_BEFORE_MS = 4 * 86_400_000

/** Stripe says so three days before; it is told where it is still so. */
export async function tellOfTrialEnd(row: SubscriptionRow, ctx: MoneyContext): Promise<void> {
  const { organizationId, id, status, trialEndsAt } = row
  if (status !== 'trialing' || trialEndsAt === null || trialEndsAt - ctx.clock() > WARNED_BEFORE_MS) return
  const data = { ...factsOf(row), trial_ends_at: trialEndsAt }
  await tell({ organizationId, type: 'subscription.trial_ending', about: `${id} ${trialEndsAt}`, data }, ctx)
}
