import { useId, useState } from 'preact/hooks'
import type { BillingOverview } from '#shared/contracts/billing'
import type { PlanOffer } from '#shared/contracts/plans'
import type { ApiProblem } from '../../api/api-problem.ts'
import { currencyName, formatMinor } from '../../i18n/format-currency.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { localText } from './local-text.ts'
import { runs } from './plan-action.ts'
import { largestSaving, priceOf, seatsWithin } from './plan-prices.ts'
import { SeatStepper } from './seat-stepper.tsx'
import { soldPlans } from './wanted-plan.ts'
import type { ChoiceReading, WantedPlan } from './wanted-plan.ts'

interface ChooseStepProps {
  overview: BillingOverview
  offer: PlanOffer
  wanted: WantedPlan
  onWanted: (part: Partial<WantedPlan>) => void
  choice: ChoiceReading
  /** Null where a code cannot be given: the subscription runs already. */
  promotion: string | null
  onPromotion: (code: string) => void
  problem: ApiProblem | null
  busy: boolean
  onClose: () => void
  onNext: () => void
}

export function ChooseStep(props: ChooseStepProps) {
  const { overview, offer, wanted, onWanted, choice, promotion, busy, onNext } = props
  const t = useTranslate()
  const locale = useLocale()
  const [tried, setTried] = useState(false)
  const plans = soldPlans(offer)
  const plan = plans.find(({ id }) => id === wanted.planId)
  const saving = largestSaving(plan ? [plan.body] : [], wanted.currency)
  const submit = (event: Event) => {
    event.preventDefault()
    setTried(true)
    if (choice.ok && !busy) onNext()
  }
  if (plans.length === 0) return <Note>{t('billing.nothing-sold')}</Note>
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <PlanRadios {...props} />
      <div class="billing-choices">
        <Segmented
          label={t('billing.interval')}
          value={wanted.interval}
          onChange={(interval) => onWanted({ interval })}
          options={[
            { value: 'month', label: t('billing.monthly') },
            { value: 'year', label: t('billing.yearly') },
          ]}
        />
        {saving > 0 && <Badge tone="success">{t('billing.year-saves', { percent: saving })}</Badge>}
      </div>
      {plan?.body.kind === 'per_seat' && (
        <SeatStepper
          label={t('billing.seats-label')}
          hint={t('billing.seats-hint')}
          value={wanted.seats}
          least={plan.body.seats.minimum}
          most={plan.body.seats.maximum ?? 10_000}
          onInput={(seats) => onWanted({ seats })}
          error={!choice.ok && choice.why === 'seats' ? t('billing.seats-invalid') : null}
        />
      )}
      {promotion !== null && offer.currencies.length > 1 && (
        <Select
          label={t('billing.currency')}
          value={wanted.currency}
          onChange={(currency) => onWanted({ currency })}
          options={offer.currencies.map((value) => ({ value, label: currencyName(locale, value) }))}
        />
      )}
      {promotion !== null && <Promotion {...props} />}
      <p class="billing-sum" role="status">
        {choice.ok
          ? t(wanted.interval === 'year' ? 'billing.sum-year' : 'billing.sum-month', {
              price: formatMinor(locale, choice.priceMinor, wanted.currency),
            })
          : choice.why === 'same'
            ? t('billing.same-plan')
            : choice.why === 'not-sold' || tried
              ? t('billing.not-sold-so')
              : ''}
      </p>
      {plan?.body.trial && overview.trial_available && choice.ok && !runs(overview.subscription) && (
        <p class="muted">{t('billing.trial-of', { count: plan.body.trial.days })}</p>
      )}
      <Foot {...props} />
    </form>
  )
}

function PlanRadios({ overview, offer, wanted, onWanted }: ChooseStepProps) {
  const t = useTranslate()
  const locale = useLocale()
  const name = useId()
  return (
    <fieldset class="billing-options">
      <legend class="visually-hidden">{t('billing.plan')}</legend>
      {soldPlans(offer).map(({ id, body }) => {
        const price = priceOf(body, wanted.interval, wanted.currency)
        const choose = () => onWanted({ planId: id, seats: String(seatsWithin(body, Number(wanted.seats))) })
        return (
          <label key={id} class="billing-option">
            <input type="radio" name={name} value={id} checked={id === wanted.planId} onChange={choose} />
            <span class="billing-option-name">
              {localText(body.name, locale)}{' '}
              {id === overview.plan.id && <Badge tone="primary">{t('billing.current')}</Badge>}
              <span class="muted small">{localText(body.description, locale)}</span>
            </span>
            <span class="billing-option-price">
              {price === null
                ? '—'
                : t(body.kind === 'per_seat' ? 'billing.price-a-seat' : 'billing.price-plain', {
                    price: formatMinor(locale, price, wanted.currency, { whole: true }),
                  })}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}

function Promotion({ promotion, onPromotion, problem }: ChooseStepProps) {
  const t = useTranslate()
  return (
    <Field
      label={t('billing.promotion')}
      value={promotion ?? ''}
      onInput={onPromotion}
      error={problem?.param === 'promotion_code' ? t('billing.promotion-unknown') : null}
      autocomplete="off"
      maxLength={100}
      optional
      latin
    />
  )
}

function Foot({ overview, choice, problem, busy, onClose }: ChooseStepProps) {
  const t = useTranslate()
  const subscribed = runs(overview.subscription)
  return (
    <>
      {problem && problem.param !== 'promotion_code' && (
        <ProblemNote
          problem={problem}
          sentence={problem.param === 'currency' ? t('billing.currency-fixed') : undefined}
        />
      )}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!choice.ok}>
          {t(subscribed ? 'billing.see-change' : 'billing.to-payment')}
        </Button>
      </div>
    </>
  )
}
