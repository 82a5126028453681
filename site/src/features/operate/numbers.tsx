import { useEffect, useState } from 'preact/hooks'
import type { OperatorNumbers } from '#shared/contracts/billing-administration'
import { useResource } from '../../api/use-resource.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Facts } from './facts.tsx'
import { marginMicros, marginPerMille } from './margin.ts'
import { MarginChart } from './margin-chart.tsx'
import { ByModel, ByPlan, TopSpenders } from './margin-tables.tsx'
import { numberPeriods, numbersRange, type NumberPeriod } from './months.ts'
import { getNumbers } from './operate-calls.ts'
import { ProviderInvoices } from './provider-invoices.tsx'
import { Revenue } from './revenue.tsx'
import { kebab } from './kebab.ts'

export function Numbers() {
  const t = useTranslate()
  const [period, setPeriod] = useState<NumberPeriod>('this-month')
  const [opened, setOpened] = useState(0)
  useEffect(() => setOpened(Date.now()), [])
  const range = numbersRange(period, opened)
  const { data, problem, reload } = useResource(opened > 0 ? `numbers-${period}` : null, (signal) =>
    getNumbers(range, signal),
  )
  return (
    <div class="stack">
      <div class="spread">
        <p class="muted small">{t('operate.numbers-text')}</p>
        <Segmented
          label={t('operate.numbers-period')}
          value={period}
          onChange={setPeriod}
          options={numberPeriods.map((value) => ({ value, label: t(`operate.period-${value}`) }))}
        />
      </div>
      {!data &&
        (problem ? (
          <ErrorState problem={problem} onRetry={reload} compact />
        ) : (
          <div class="card">
            <Skeleton lines={10} />
          </div>
        ))}
      {data && (
        <>
          <Summary numbers={data} />
          <section class="card stack" aria-labelledby="operate-days">
            <h2 id="operate-days">{t('operate.days-title')}</h2>
            <MarginChart days={data.days} range={range} />
          </section>
          <div class="operate-columns">
            <Revenue revenue={data.revenue} />
            <Subscribers numbers={data} />
          </div>
          <ByModel rows={data.by_model} />
          <ByPlan rows={data.by_plan} />
          <TopSpenders rows={data.top_spenders} />
        </>
      )}
      {(data || problem) && <ProviderInvoices />}
    </div>
  )
}

function Summary({ numbers }: { numbers: OperatorNumbers }) {
  const t = useTranslate()
  const locale = useLocale()
  const perMille = marginPerMille(numbers)
  const cards = [
    { name: t('operate.charged'), value: <Money micros={numbers.charged_micros} style="short" />, more: null },
    {
      name: t('operate.cost'),
      value: <Money micros={numbers.cost_micros} style="short" />,
      more:
        numbers.uncosted_micros > 0 ? (
          <>
            {t('operate.uncosted')} <Money micros={numbers.uncosted_micros} style="short" />
          </>
        ) : null,
    },
    {
      name: t('operate.margin'),
      value: <Money micros={marginMicros(numbers)} style="short" />,
      more:
        perMille === null
          ? null
          : formatNumber(locale, perMille / 1_000, { style: 'percent', maximumFractionDigits: 1 }),
    },
    {
      name: t('operate.outstanding'),
      value: <Money micros={numbers.outstanding_micros.total} style="short" />,
      more: t('operate.outstanding-text'),
    },
  ]
  return (
    <dl class="operate-cards">
      {cards.map(({ name, value, more }) => (
        <div class="card" key={name}>
          <dt>{name}</dt>
          <dd class="operate-big">{value}</dd>
          {more && <dd class="operate-quiet">{more}</dd>}
        </div>
      ))}
    </dl>
  )
}

const counted = ['active', 'trialing', 'past_due', 'started', 'churned'] as const
const sources = ['included', 'promotion', 'bought'] as const

function Subscribers({ numbers }: { numbers: OperatorNumbers }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <section class="card stack" aria-labelledby="operate-subscribers">
      <h2 id="operate-subscribers">{t('operate.subscribers')}</h2>
      <Facts
        facts={[
          ...counted.map((name): [string, string] => [
            t(`operate.count-${kebab(name)}`),
            formatNumber(locale, numbers.subscribers[name]),
          ]),
          [t('operate.failed-payments'), formatNumber(locale, numbers.failed_payments)],
        ]}
      />
      <h3>{t('operate.outstanding')}</h3>
      <Facts
        facts={sources.map((name): [string, preact.JSX.Element] => [
          t(`operate.source-${name}`),
          <Money key={name} micros={numbers.outstanding_micros[name]} style="short" />,
        ])}
      />
    </section>
  )
}
