import { useId, useState } from 'preact/hooks'
import type { BillingMode } from '#shared/contracts/billing'
import type { Plan, PlanInterval } from '#shared/contracts/plans'
import { formatMinor } from '../../i18n/format-currency.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { Badge } from '../../ui/badge.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { readCount } from '../../ui/read-count.ts'
import { Amount } from './amount.tsx'
import { localText } from './local-text.ts'
import { planAction } from './plan-action.ts'
import { PlanButton } from './plan-button.tsx'
import { creditFact, otherFacts } from './plan-facts.ts'
import { priceOf, seatsWithin, yearlySaving } from './plan-prices.ts'
import { SeatStepper } from './seat-stepper.tsx'
import type { KnownPresent } from './use-present.ts'

interface PlanColumnProps {
  plan: Plan
  interval: PlanInterval
  currency: string
  mode: BillingMode
  present: KnownPresent | null
  /** Where a plan by contract is talked about. */
  contact: string | null
}

export function PlanColumn({ plan, interval, currency, mode, present, contact }: PlanColumnProps) {
  const t = useTranslate()
  const locale = useLocale()
  const id = useId()
  const { body } = plan
  const isPresent = present?.plan.id === plan.id
  const owned = isPresent ? (present.subscription?.seats ?? null) : null
  const [own, setOwn] = useState<string | null>(null)
  const typed = own ?? String(seatsWithin(body, owned ?? 1))
  const read = readCount(typed, { most: body.seats.maximum ?? 10_000 })
  const seats = seatsWithin(body, typeof read === 'number' ? read : 0)
  const action = planAction({ plan, interval, currency, seats, mode, present })
  const price = priceOf(body, interval, currency)
  return (
    <li class={classNames('pricing-plan', isPresent && 'is-present')} aria-labelledby={`${id}-name`}>
      <header class="pricing-head">
        <h2 id={`${id}-name`}>
          {localText(body.name, locale)} {isPresent && <Badge tone="primary">{t('billing.current')}</Badge>}
        </h2>
        <p class="muted">{localText(body.description, locale)}</p>
      </header>
      <Price plan={plan} price={price} interval={interval} currency={currency} />
      <p class="pricing-credit">{creditFact(body, locale, interval)}</p>
      {body.kind === 'per_seat' && price !== null && (
        <div class="pricing-seats">
          <SeatStepper
            label={t('billing.seats-label')}
            value={typed}
            least={body.seats.minimum}
            most={body.seats.maximum ?? 10_000}
            onInput={setOwn}
            error={
              read === 'invalid' || (typeof read === 'number' && read !== seats) ? t('billing.seats-invalid') : null
            }
          />
          <p class="small" role="status">
            {t(interval === 'year' ? 'pricing.total-year' : 'pricing.total-month', {
              price: formatMinor(locale, price * seats, currency, { whole: true }),
              seats: t('billing.seats', { count: seats }),
            })}
          </p>
        </div>
      )}
      <PlanButton
        action={action}
        wanted={{ planId: plan.id, interval, currency, seats }}
        labelledBy={`${id}-name`}
        contact={contact}
      />
      {(action === 'trial' || action === 'start-trial') && body.trial && (
        <p class="small pricing-trial">
          <strong>{t('pricing.trial', { count: body.trial.days })}</strong>{' '}
          {body.trial.credit_micros > 0 &&
            `${t('pricing.trial-credit', { amount: formatMoney(locale, body.trial.credit_micros) })}. `}
          {t(body.trial.needs_payment_method ? 'pricing.trial-with-card' : 'pricing.trial-without-card')}
        </p>
      )}
      <Given plan={plan} interval={interval} />
    </li>
  )
}

/** What the operator says of the plan, and below it everything that its terms say, counted and never worded by hand. */
function Given({ plan: { body }, interval }: Pick<PlanColumnProps, 'plan' | 'interval'>) {
  const t = useTranslate()
  const locale = useLocale()
  const facts = otherFacts(body, locale, interval)
  const features = body.features.map((feature) => localText(feature, locale))
  return (
    <>
      <FactList facts={features.length > 0 ? features : facts} />
      {features.length > 0 && (
        <details class="pricing-terms">
          <summary>{t('pricing.terms')}</summary>
          <FactList facts={facts} />
        </details>
      )}
    </>
  )
}

function FactList({ facts }: { facts: readonly string[] }) {
  return (
    <ul class="pricing-facts" role="list">
      {facts.map((fact) => (
        <li key={fact}>
          <Icon name="check" size={16} />
          <span>{fact}</span>
        </li>
      ))}
    </ul>
  )
}

interface PriceProps {
  plan: Plan
  price: number | null
  interval: PlanInterval
  currency: string
}

function Price({ plan, price, interval, currency }: PriceProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { body } = plan
  const saving = interval === 'year' ? yearlySaving(body, currency) : null
  const big = body.kind === 'free' ? t('pricing.free') : body.kind === 'contract' ? t('pricing.by-contract') : null
  return (
    <div class="pricing-price">
      <p class="pricing-amount">
        {big ?? (price === null ? <span class="muted">—</span> : <Amount minor={price} currency={currency} whole />)}{' '}
        {big === null && price !== null && (
          <span class="pricing-per">{t(`pricing.${body.kind === 'per_seat' ? 'seat' : 'a'}-${interval}`)}</span>
        )}
      </p>
      <p class="small pricing-saving">
        {big === null && price === null && t('pricing.not-in-currency')}
        {saving && t('pricing.saving', { amount: formatMinor(locale, saving.amountMinor, currency, { whole: true }) })}
      </p>
    </div>
  )
}
