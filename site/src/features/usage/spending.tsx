import type { SeriesBy } from '#shared/contracts/usage'
import { useState } from 'preact/hooks'
import { account, may } from '../../api/account.ts'
import { useResource } from '../../api/use-resource.ts'
import { localized } from '../../i18n/paths.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { DailyChart } from './daily-chart.tsx'
import { DayTable } from './day-table.tsx'
import { groupName } from './group-name.ts'
import type { Names } from './names.ts'
import type { Range } from './period.ts'
import { COLOURED, colourOf } from './stack-colour.ts'
import { stackDays } from './stacked-days.ts'
import type { Stack } from './stacked-days.ts'
import { getSeries, getSummary } from './usage-calls.ts'

interface SpendingProps {
  range: Range
  organizationId: string | null
  names: Names
  by: SeriesBy
  onBy: (by: SeriesBy) => void
}

/** What was spent on each day of the period and on what: drawn, and as a table beside it. */
export function Spending({ range, organizationId, names, by, onBy }: SpendingProps) {
  const t = useTranslate()
  const [asTable, setAsTable] = useState(false)
  const key = organizationId && `days-${by}-${organizationId}-${range.from}-${range.to}`
  const { data, problem, reload } = useResource(key, async (signal) => {
    const [rows, series] = await Promise.all([
      getSummary({ ...range, by: 'day', signal }),
      getSeries({ ...range, by, limit: COLOURED, signal }),
    ])
    return { by, stack: stackDays({ range, rows, series }) }
  })
  const total = data && data.stack.days.reduce((sum, { micros }) => sum + micros, 0)
  const groupings: SeriesBy[] = may('usage.read-organization')
    ? ['model', 'member', 'key', 'service']
    : ['model', 'key', 'service']
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
        <Segmented
          label={t('usage.by')}
          value={by}
          onChange={onBy}
          options={groupings.map((value) => ({ value, label: t(`usage.by-${value}`) }))}
        />
      </header>
      <div class="usage-chart-room">
        {problem ? (
          <ErrorState problem={problem} onRetry={reload} compact />
        ) : data === null ? (
          <Skeleton lines={6} />
        ) : total === 0 ? (
          <NothingSpent />
        ) : (
          <Days stack={data.stack} by={data.by} names={names} asTable={asTable} />
        )}
      </div>
    </section>
  )
}

interface DaysProps {
  stack: Stack
  by: SeriesBy
  names: Names
  asTable: boolean
}

function Days({ stack, by, names, asTable }: DaysProps) {
  const t = useTranslate()
  const locale = useLocale()
  const myId = account.value?.user.id
  const groups = stack.groups.map((each, at) => ({
    name:
      each.kind === 'group'
        ? groupName({ by, group: each.group, names, myId, locale, t })
        : t(each.kind === 'rest' ? 'usage.group-rest' : 'usage.group-arriving'),
    colour: colourOf(each, at),
    micros: each.micros,
  }))
  if (asTable)
    return (
      <div class="usage-table-room" tabIndex={0} role="group" aria-labelledby="usage-by-day">
        <DayTable days={stack.days} groups={groups} />
      </div>
    )
  return (
    <>
      <DailyChart days={stack.days} groups={groups} />
      <ul class="usage-legend" role="list" aria-hidden="true">
        {groups.map(({ name, colour, micros }, at) => (
          <li key={at}>
            <span class="usage-swatch" style={{ background: colour }} />
            <bdi class="usage-legend-name">{name}</bdi>
            <Money micros={micros} style="short" />
          </li>
        ))}
      </ul>
      <div class="visually-hidden">
        <DayTable days={stack.days} groups={groups} />
      </div>
    </>
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
