import { useState } from 'preact/hooks'
import { useResource } from '../../api/use-resource.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { localized } from '../../i18n/paths.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DailyChart } from './daily-chart.tsx'
import { dailySeries, totalMicros } from './daily-series.ts'
import type { Day } from './daily-series.ts'
import type { Range } from './period.ts'
import { getSummary } from './usage-calls.ts'

/** What was spent on each day of the period, drawn or as a table. */
export function Spending({ range, organizationId }: { range: Range; organizationId: string | null }) {
  const t = useTranslate()
  const [asTable, setAsTable] = useState(false)
  const key = organizationId && `days-${organizationId}-${range.from}-${range.to}`
  const { data, problem, reload } = useResource(key, (signal) => getSummary({ ...range, by: 'day', signal }))
  const total = data && totalMicros(data)
  return (
    <section class="card usage-panel" aria-labelledby="usage-by-day">
      <header class="usage-panel-head">
        <h2 id="usage-by-day">{t('usage.by-day')}</h2>
        <p class="usage-total">{total !== null && <Money micros={total} />}</p>
        {total !== null && total > 0 && (
          <Button size="sm" variant="ghost" onClick={() => setAsTable(!asTable)}>
            {asTable ? t('usage.show-as-chart') : t('usage.show-as-table')}
          </Button>
        )}
      </header>
      <div class="usage-chart-room">
        {problem ? (
          <ErrorState problem={problem} onRetry={reload} compact />
        ) : data === null ? (
          <Skeleton lines={6} />
        ) : total === 0 ? (
          <NothingSpent />
        ) : asTable ? (
          <div class="usage-table-room" tabIndex={0} role="group" aria-labelledby="usage-by-day">
            <DayTable days={dailySeries(range, data)} />
          </div>
        ) : (
          <DailyChart days={dailySeries(range, data)} />
        )}
      </div>
    </section>
  )
}

function NothingSpent() {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <EmptyState
      compact
      icon="usage"
      title={t('usage.nothing-title')}
      text={t('usage.nothing-text')}
      action={
        <LinkButton href={localized(locale, '/chat')} icon="chat">
          {t('usage.start-chat')}
        </LinkButton>
      }
    />
  )
}

function DayTable({ days }: { days: Day[] }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('usage.by-day')}
      rows={days.filter(({ requests }) => requests > 0).toReversed()}
      idOf={({ at }) => String(at)}
      columns={[
        {
          name: 'day',
          heading: t('usage.column-day'),
          title: true,
          cell: ({ at }) => formatTime(locale, at, 'date', 'UTC'),
        },
        {
          name: 'requests',
          heading: t('usage.column-requests'),
          numeric: true,
          cell: ({ requests }) => formatNumber(locale, requests),
        },
        {
          name: 'spent',
          heading: t('usage.column-spent'),
          numeric: true,
          cell: ({ micros }) => <Money micros={micros} />,
        },
      ]}
    />
  )
}
