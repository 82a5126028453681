import { formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { DataTable } from '../../ui/data-table.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import type { StackedDay } from './stacked-days.ts'

/** The chart's days in words and numbers, the newest first; days of nothing are left out. */
export function DayTable({ days, groups }: { days: StackedDay[]; groups: { name: string }[] }) {
  const t = useTranslate()
  const locale = useLocale()
  const ofGroup = ({ name }: { name: string }, at: number): Column<StackedDay> => ({
    name: `group-${at}`,
    heading: name,
    numeric: true,
    cell: ({ parts }) => <Money micros={parts[at] ?? 0} style="short" />,
  })
  return (
    <DataTable
      caption={t('usage.by-day')}
      rows={days.filter(({ requests, micros }) => requests > 0 || micros !== 0).toReversed()}
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
        ...groups.map(ofGroup),
      ]}
    />
  )
}
