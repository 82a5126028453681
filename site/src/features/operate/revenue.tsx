import type { OperatorNumbers } from '#shared/contracts/billing-administration'
import { formatMinor } from '../../i18n/format-currency.ts'
import type { Key } from '../../i18n/locales.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { byCurrency } from './margin.ts'

const purposes: Record<string, Key> = {
  subscription: 'operate.purpose-subscription',
  credit_pack: 'operate.purpose-credit-pack',
  auto_top_up: 'operate.purpose-auto-top-up',
}

/** As it was paid: each currency for itself. */
export function Revenue({ revenue }: Pick<OperatorNumbers, 'revenue'>) {
  const t = useTranslate()
  const locale = useLocale()
  const sums = byCurrency(revenue)
  return (
    <section class="card stack" aria-labelledby="operate-revenue">
      <h2 id="operate-revenue">{t('operate.revenue')}</h2>
      {revenue.length === 0 && <EmptyState compact icon="billing" title={t('operate.no-revenue')} />}
      {revenue.length > 0 && (
        <DataTable
          caption={t('operate.revenue')}
          rows={[
            ...revenue.map((row) => ({
              ...row,
              name: t(purposes[row.purpose] ?? 'operate.purpose-other'),
              sum: false,
            })),
            ...sums.map((row) => ({ ...row, purpose: 'sum', name: t('operate.sum'), sum: true })),
          ]}
          idOf={({ currency, purpose }) => `${currency} ${purpose}`}
          columns={[
            {
              name: 'purpose',
              heading: t('operate.purpose'),
              title: true,
              cell: ({ name, currency, sum }) => (
                <span class={sum ? 'operate-sum' : undefined}>
                  {name} <span class="operate-quiet">{currency.toUpperCase()}</span>
                </span>
              ),
            },
            {
              name: 'paid',
              heading: t('operate.paid'),
              numeric: true,
              cell: ({ paid_minor, currency }) => <bdi class="money">{formatMinor(locale, paid_minor, currency)}</bdi>,
            },
            {
              name: 'refunded',
              heading: t('operate.refunded'),
              numeric: true,
              cell: ({ refunded_minor, currency }) =>
                refunded_minor === 0 ? '–' : <bdi class="money">{formatMinor(locale, refunded_minor, currency)}</bdi>,
            },
            {
              name: 'net',
              heading: t('operate.net'),
              numeric: true,
              cell: ({ paid_minor, refunded_minor, currency }) => (
                <bdi class="money">{formatMinor(locale, paid_minor - refunded_minor, currency)}</bdi>
              ),
            },
          ]}
        />
      )}
    </section>
  )
}
