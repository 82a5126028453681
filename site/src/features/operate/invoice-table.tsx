import type { Invoice } from '#shared/contracts/billing'
import { formatMinor } from '../../i18n/format-currency.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { refundable } from './refund-form.ts'
import { kebab } from './kebab.ts'

const tones = { draft: 'neutral', open: 'warning', paid: 'success', uncollectible: 'danger', void: 'neutral' } as const

interface InvoiceTableProps {
  invoices: Invoice[]
  onRefund: (invoice: Invoice) => void
}

export function InvoiceTable({ invoices, onRefund }: InvoiceTableProps) {
  const t = useTranslate()
  const locale = useLocale()
  if (invoices.length === 0) return <EmptyState compact icon="billing" title={t('operate.no-invoices')} />
  return (
    <DataTable
      caption={t('operate.invoices')}
      rows={invoices}
      idOf={({ id }) => id}
      columns={[
        {
          name: 'number',
          heading: t('operate.invoice'),
          title: true,
          cell: ({ id, number, purpose, created_at }) => (
            <span class="operate-name">
              <code dir="ltr">{number ?? id}</code>
              <span class="operate-quiet">
                {t(`operate.purpose-${kebab(purpose)}`)} · {formatTime(locale, created_at, 'date')}
              </span>
            </span>
          ),
        },
        {
          name: 'status',
          heading: t('operate.state'),
          cell: ({ status }) => <Badge tone={tones[status]}>{t(`operate.invoice-${status}`)}</Badge>,
        },
        {
          name: 'total',
          heading: t('operate.total'),
          numeric: true,
          cell: ({ total_minor, currency }) => <bdi class="money">{formatMinor(locale, total_minor, currency)}</bdi>,
        },
        {
          name: 'refunded',
          heading: t('operate.refunded'),
          numeric: true,
          cell: ({ refunded_minor, currency }) =>
            refunded_minor === 0 ? '–' : <bdi class="money">{formatMinor(locale, refunded_minor, currency)}</bdi>,
        },
        {
          name: 'credit',
          heading: t('operate.credit'),
          numeric: true,
          cell: ({ credit_micros }) => (credit_micros === null ? '–' : <Money micros={credit_micros} />),
        },
        {
          name: 'actions',
          heading: t('admin.actions'),
          headingHidden: true,
          cell: (invoice) => (
            <>
              {invoice.hosted_url && (
                <a class="button button-ghost button-sm" href={invoice.hosted_url} target="_blank" rel="noreferrer">
                  {t('operate.at-stripe')}
                </a>
              )}
              {refundable(invoice) > 0 && (
                <Button
                  size="sm"
                  aria-label={t('operate.named', { action: t('operate.refund'), name: invoice.number ?? invoice.id })}
                  onClick={() => onRefund(invoice)}
                >
                  {t('operate.refund')}
                </Button>
              )}
            </>
          ),
        },
      ]}
    />
  )
}
