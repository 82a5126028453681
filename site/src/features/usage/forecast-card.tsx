import type { UsageForecast } from '#shared/contracts/usage'
import { useResource } from '../../api/use-resource.ts'
import { formatMoney } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Meter } from '../../ui/meter.tsx'
import { Money } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { getForecast } from './usage-calls.ts'

/** What the present period will come to, how that is known, and how long the credit lasts. */
export function ForecastCard({ organizationId }: { organizationId: string | null }) {
  const t = useTranslate()
  const { data, problem, reload } = useResource(organizationId && `forecast-${organizationId}`, getForecast)
  return (
    <section class="card usage-panel" aria-labelledby="usage-forecast">
      <header class="usage-panel-head">
        <h2 id="usage-forecast">{t('usage.forecast')}</h2>
      </header>
      <div class="usage-forecast-room">
        {problem ? (
          <ErrorState problem={problem} onRetry={reload} compact />
        ) : data === null ? (
          <Skeleton lines={5} />
        ) : (
          <Forecast forecast={data} />
        )}
      </div>
    </section>
  )
}

function Forecast({ forecast }: { forecast: UsageForecast }) {
  const t = useTranslate()
  const locale = useLocale()
  const { period, credit, spent_micros: spent, based_on_days: days } = forecast
  const short = (micros: number) => formatMoney(locale, micros, 'short')
  const day = (at: number) => formatTime(locale, at, 'date', 'UTC')
  return (
    <div class="usage-forecast">
      <p class="usage-quiet">
        {t(period.of === 'subscription' ? 'usage.forecast-of-subscription' : 'usage.forecast-of-month', {
          // The moment of the end belongs to the day after.
          day: day(period.end - 1),
        })}
      </p>
      <p class="usage-card-amount">
        <Money micros={forecast.expected_micros} style="short" />
      </p>
      <p>{t('usage.forecast-range', { low: short(forecast.low_micros), high: short(forecast.high_micros) })}</p>
      <p class="usage-quiet">
        {days === 0
          ? t('usage.forecast-method-today', { spent: short(spent) })
          : `${t('usage.forecast-spent', { spent: short(spent) })} ${t('usage.forecast-method', { count: days })}`}
      </p>
      {credit && <Credit credit={credit} day={day} short={short} />}
    </div>
  )
}

interface CreditProps {
  credit: NonNullable<UsageForecast['credit']>
  day: (at: number) => string
  short: (micros: number) => string
}

function Credit({ credit, day, short }: CreditProps) {
  const t = useTranslate()
  const { included_micros: included, included_left_micros: rest } = credit
  const label = t('usage.included-rest', { rest: short(rest), included: short(included) })
  return (
    <div class="usage-forecast-credit">
      {included > 0 && (
        <>
          <p>{label}</p>
          <Meter value={included - rest} limit={included} label={label} />
          {credit.included_runs_out_at !== null && (
            <p>{t('usage.included-runs-out', { day: day(credit.included_runs_out_at) })}</p>
          )}
        </>
      )}
      <p class="usage-quiet">
        {credit.balance_micros <= 0
          ? t('usage.credit-is-out')
          : credit.runs_out_at === null
            ? t('usage.credit-lasts')
            : t('usage.credit-runs-out', { day: day(credit.runs_out_at) })}
      </p>
    </div>
  )
}
