import type { ComponentChildren } from 'preact'
import type { OperatorNumbers } from '#shared/contracts/billing-administration'
import { formatNumber } from '../../i18n/format-number.ts'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { marginMicros, marginPerMille, type Earned } from './margin.ts'

function Margin({ row }: { row: Earned }) {
  const locale = useLocale()
  const perMille = marginPerMille(row)
  return (
    <span class={marginMicros(row) < 0 ? 'operate-loss' : undefined}>
      <Money micros={marginMicros(row)} style="short" />
      {perMille !== null && (
        <span class="operate-quiet">
          {' '}
          <bdi>{formatNumber(locale, perMille / 1_000, { style: 'percent', maximumFractionDigits: 1 })}</bdi>
        </span>
      )}
    </span>
  )
}

function useMoneyColumns<R extends Earned>(): Column<R>[] {
  const t = useTranslate()
  return [
    {
      name: 'charged',
      heading: t('operate.charged'),
      numeric: true,
      cell: ({ charged_micros }) => <Money micros={charged_micros} style="short" />,
    },
    {
      name: 'cost',
      heading: t('operate.cost'),
      numeric: true,
      cell: ({ cost_micros }) => <Money micros={cost_micros} style="short" />,
    },
    { name: 'margin', heading: t('operate.margin'), numeric: true, cell: (row) => <Margin row={row} /> },
  ]
}

function Section({
  id,
  title,
  empty,
  children,
}: {
  id: string
  title: string
  empty: boolean
  children: ComponentChildren
}) {
  const t = useTranslate()
  return (
    <section class="card stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {empty ? <EmptyState compact icon="usage" title={t('operate.no-usage')} /> : children}
    </section>
  )
}

export function ByModel({ rows }: { rows: OperatorNumbers['by_model'] }) {
  const t = useTranslate()
  const locale = useLocale()
  const money = useMoneyColumns<OperatorNumbers['by_model'][number]>()
  return (
    <Section id="operate-by-model" title={t('operate.by-model')} empty={rows.length === 0}>
      <DataTable
        caption={t('operate.by-model')}
        rows={rows}
        idOf={({ model, provider }) => `${model} ${provider}`}
        columns={[
          {
            name: 'model',
            heading: t('admin.model'),
            title: true,
            cell: ({ model, provider }) => (
              <span class="operate-name">
                <code dir="ltr">{model}</code>
                <span class="operate-quiet" dir="ltr">
                  {provider}
                </span>
              </span>
            ),
          },
          {
            name: 'requests',
            heading: t('operate.requests'),
            numeric: true,
            cell: ({ requests }) => formatNumber(locale, requests),
          },
          ...money,
        ]}
      />
    </Section>
  )
}

export function ByPlan({ rows }: { rows: OperatorNumbers['by_plan'] }) {
  const t = useTranslate()
  const locale = useLocale()
  const money = useMoneyColumns<OperatorNumbers['by_plan'][number]>()
  return (
    <Section id="operate-by-plan" title={t('operate.by-plan')} empty={rows.length === 0}>
      <DataTable
        caption={t('operate.by-plan')}
        rows={rows}
        idOf={({ plan_id }) => plan_id ?? ''}
        columns={[
          {
            name: 'plan',
            heading: t('operate.plan'),
            title: true,
            cell: ({ plan_id }) => (plan_id ? <code dir="ltr">{plan_id}</code> : t('operate.plan-unknown')),
          },
          {
            name: 'organizations',
            heading: t('admin.tab-organizations'),
            numeric: true,
            cell: ({ organizations }) => formatNumber(locale, organizations),
          },
          ...money,
        ]}
      />
    </Section>
  )
}

export function TopSpenders({ rows }: { rows: OperatorNumbers['top_spenders'] }) {
  const t = useTranslate()
  const money = useMoneyColumns<OperatorNumbers['top_spenders'][number]>()
  return (
    <Section id="operate-top" title={t('operate.top-spenders')} empty={rows.length === 0}>
      <DataTable
        caption={t('operate.top-spenders')}
        rows={rows}
        idOf={({ organization_id }) => organization_id}
        columns={[
          {
            name: 'organization',
            heading: t('admin.organization'),
            title: true,
            cell: ({ organization_id, name }) =>
              name === null ? <code dir="ltr">{organization_id}</code> : <bdi>{name}</bdi>,
          },
          ...money,
        ]}
      />
    </Section>
  )
}
