import { useEffect, useMemo, useState } from 'preact/hooks'
import type { PlanInterval, PlanOffer } from '#shared/contracts/plans'
import { useResource } from '../../api/use-resource.ts'
import { currencyName } from '../../i18n/format-currency.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { getOffer } from './billing-calls.ts'
import { currencyFor, rememberCurrency, rememberedCurrency } from './currency-choice.ts'
import { ModeNote } from './mode-note.tsx'
import { PackList } from './pack-list.tsx'
import { PlanColumn } from './plan-column.tsx'
import { largestSaving } from './plan-prices.ts'
import { usePresent } from './use-present.ts'
import './billing.css'
import './pricing.css'

function Pricing() {
  const t = useTranslate()
  const { data, problem, reload } = useResource('billing-offer', getOffer)
  if (problem && !data) return <ErrorState problem={problem} onRetry={reload} />
  if (!data)
    return (
      <div class="pricing-wait">
        <Skeleton lines={14} />
      </div>
    )
  if (data.plans.length === 0)
    return (
      <div class="pricing-wait stack">
        <ModeNote mode={data.mode} testPayments={data.test_payments} />
        <EmptyState icon="prices" title={t('pricing.none-title')} text={t('pricing.none-text')} />
      </div>
    )
  return <Offer offer={data} />
}

function Offer({ offer }: { offer: PlanOffer }) {
  const t = useTranslate()
  const locale = useLocale()
  const present = usePresent(offer)
  const fixed = present?.subscription?.currency ?? null
  const [interval, setInterval] = useState<PlanInterval>('month')
  const [chosen, setChosen] = useState(() =>
    currencyFor({ offered: offer.currencies, remembered: rememberedCurrency(), languages: navigator.languages }),
  )
  useEffect(() => {
    if (present?.subscription) setInterval(present.subscription.interval)
  }, [present?.subscription?.interval])
  const currency = fixed ?? chosen ?? 'usd'
  const choose = (wanted: string) => {
    setChosen(wanted)
    rememberCurrency(wanted)
  }
  const plans = useMemo(() => offer.plans.toSorted((a, b) => a.position - b.position), [offer])
  const saving = largestSaving(
    plans.map(({ body }) => body),
    currency,
  )
  return (
    <div class="stack pricing-offer">
      <ModeNote mode={offer.mode} testPayments={offer.test_payments} />
      <div class="pricing-tools">
        <Segmented
          label={t('billing.interval')}
          value={interval}
          onChange={setInterval}
          options={[
            { value: 'month', label: t('billing.monthly') },
            {
              value: 'year',
              label:
                saving > 0
                  ? `${t('billing.yearly')} · ${t('pricing.save-up-to', { percent: saving })}`
                  : t('billing.yearly'),
            },
          ]}
        />
        {offer.currencies.length > 1 && (
          <Select
            label={t('billing.currency')}
            labelHidden
            size="sm"
            value={currency}
            onChange={choose}
            disabled={fixed !== null}
            options={[...new Set([currency, ...offer.currencies])].map((value) => ({
              value,
              label: `${currencyName(locale, value)} (${value.toUpperCase()})`,
            }))}
          />
        )}
      </div>
      <ul class="pricing-plans" role="list">
        {plans.map((plan) => (
          <PlanColumn
            key={plan.id}
            plan={plan}
            interval={interval}
            currency={currency}
            mode={offer.mode}
            present={present}
            contact={offer.contact}
          />
        ))}
      </ul>
      <p class="muted small">{t('pricing.before-tax')}</p>
      <PackList offer={offer} currency={currency} />
    </div>
  )
}

export const PricingIsland = island(Pricing)
