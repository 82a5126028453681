import type { SeriesBy, UsageSummaryRow } from '#shared/contracts/usage'
import { account, may } from '../../api/account.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { totalMicros } from './daily-series.ts'
import { groupName } from './group-name.ts'
import type { Names } from './names.ts'
import type { Range } from './period.ts'
import { getSummary } from './usage-calls.ts'

interface BreakdownProps {
  range: Range
  organizationId: string | null
  names: Names
  by: SeriesBy
}

/** What the money of the period went to. */
export function Breakdown({ range, organizationId, names, by }: BreakdownProps) {
  const t = useTranslate()
  const key = organizationId && `${by}-${organizationId}-${range.from}-${range.to}`
  const { data, problem, reload } = useResource(key, (signal) => getSummary({ ...range, by, signal }))
  return (
    <section class="card usage-panel" aria-labelledby="usage-breakdown">
      <header class="usage-panel-head">
        <h2 id="usage-breakdown">{t('usage.breakdown')}</h2>
        <p class="usage-quiet">{t(`usage.by-${by}`)}</p>
      </header>
      <div class="usage-breakdown-room">
        {problem ? (
          <ErrorState problem={problem} onRetry={reload} compact />
        ) : data === null ? (
          <Skeleton lines={4} />
        ) : data.length === 0 ? (
          <p class="usage-quiet">{t('usage.nothing-title')}</p>
        ) : (
          <Groups rows={data} by={by} names={names} />
        )}
      </div>
      {account.value && !may('usage.read-organization') && <p class="usage-quiet">{t('usage.only-yours')}</p>}
    </section>
  )
}

function Groups({ rows, by, names }: { rows: UsageSummaryRow[]; by: SeriesBy; names: Names }) {
  const t = useTranslate()
  const locale = useLocale()
  const total = totalMicros(rows)
  const largest = Math.max(1, ...rows.map((row) => row.charged_micros))
  return (
    <ul class="usage-groups" role="list">
      {rows.map((row) => {
        const percent = formatNumber(locale, total === 0 ? 0 : row.charged_micros / total, {
          style: 'percent',
          maximumFractionDigits: 1,
        })
        return (
          <li key={row.group ?? ''} class="usage-group">
            <span class="usage-group-name">
              <bdi>{groupName({ by, group: row.group, names, myId: account.value?.user.id, locale, t })}</bdi>
            </span>
            <Money micros={row.charged_micros} />
            <span class="usage-group-track" aria-hidden="true">
              <span class="usage-group-bar" style={{ inlineSize: `${(row.charged_micros / largest) * 100}%` }} />
            </span>
            <span class="usage-group-facts">
              {t('usage.requests', { count: row.requests })} · {t('usage.group-share', { percent })}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
