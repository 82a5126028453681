// How a subscription stands, in plain sentences.
import type { BillingOverview, Subscription } from '#shared/contracts/billing'
import { formatMinor } from '../../i18n/format-currency.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import type { Locale } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'
import { localText } from './local-text.ts'
import { runs } from './plan-action.ts'

export interface StateSentence {
  tone: 'plain' | 'warning' | 'danger'
  text: string
}

interface Known {
  overview: Pick<BillingOverview, 'plan' | 'subscription'>
  locale: Locale
  now: number
}

export function subscriptionSentences({ overview, locale, now }: Known): StateSentence[] {
  const t = translator(locale)
  const { subscription } = overview
  const plan = localText(overview.plan.body.name, locale)
  if (!subscription || !runs(subscription)) {
    const ended = subscription?.status === 'canceled'
    return [{ tone: 'plain', text: t(ended ? 'billing.state-ended' : 'billing.state-none', { plan }) }]
  }
  return [...standing(), ...ahead(subscription)]

  function standing(): StateSentence[] {
    const known = subscription as Subscription
    const day = (at: number) => formatTime(locale, at, 'date')
    const price = periodPrice(locale, known)
    if (known.past_due_since !== null || known.status === 'unpaid') return [overdue(known, day)]
    if (known.status === 'incomplete') return [{ tone: 'warning', text: t('billing.state-incomplete', { plan }) }]
    if (known.status === 'paused') return [{ tone: 'warning', text: t('billing.state-paused', { plan }) }]
    if (known.cancels_at !== null)
      return [{ tone: 'warning', text: t('billing.state-cancels', { plan, when: day(known.cancels_at) }) }]
    if (known.trial_ends_at !== null && known.status === 'trialing')
      return [{ tone: 'plain', text: t('billing.state-trial', { plan, price, when: day(known.trial_ends_at) }) }]
    return [{ tone: 'plain', text: t('billing.state-active', { plan, price, when: day(known.current_period_end) }) }]
  }

  function overdue(known: Subscription, day: (at: number) => string): StateSentence {
    const stops = known.read_only_at
    const stopped = known.status === 'unpaid' || (stops !== null && stops <= now)
    if (stopped) return { tone: 'danger', text: t('billing.state-read-only') }
    if (stops === null) return { tone: 'danger', text: t('billing.state-past-due') }
    return { tone: 'danger', text: t('billing.state-past-due-until', { when: day(stops) }) }
  }

  function ahead(known: Subscription): StateSentence[] {
    const said: StateSentence[] = []
    if (overview.plan.body.kind === 'per_seat')
      said.push({ tone: 'plain', text: t('billing.state-seats', { count: known.seats }) })
    if (known.discount) said.push({ tone: 'plain', text: discountSentence(locale, known, known.discount) })
    const change = known.pending_change
    if (change)
      said.push({
        tone: 'warning',
        text: t(change.interval === 'year' ? 'billing.state-pending-year' : 'billing.state-pending-month', {
          plan: localText(change.plan_name, locale),
          when: formatTime(locale, change.at, 'date'),
          seats: t('billing.seats', { count: change.seats }),
        }),
      })
    return said
  }
}

/** "$20.00 a month", before tax. */
export const periodPrice = (
  locale: Locale,
  { amount_minor, currency, interval }: Pick<Subscription, 'amount_minor' | 'currency' | 'interval'>,
): string =>
  translator(locale)(interval === 'year' ? 'billing.price-a-year' : 'billing.price-a-month', {
    price: formatMinor(locale, amount_minor, currency),
  })

function discountSentence(
  locale: Locale,
  { currency }: Subscription,
  { name, percent_off, amount_off_minor }: NonNullable<Subscription['discount']>,
): string {
  const t = translator(locale)
  const off =
    percent_off === null
      ? formatMinor(locale, amount_off_minor ?? 0, currency)
      : formatNumber(locale, percent_off / 100, { style: 'percent', maximumFractionDigits: 2 })
  return t('billing.state-discount', { name, off })
}
