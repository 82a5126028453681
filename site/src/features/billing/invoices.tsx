import { useEffect, useRef } from 'preact/hooks'
import type { BillingOverview, Invoice } from '#shared/contracts/billing'
import { account } from '../../api/account.ts'
import { usePages } from '../../api/use-pages.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { localized } from '../../i18n/paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Amount } from './amount.tsx'
import { listInvoices } from './billing-calls.ts'
import { invoiceState, purposeKeys } from './invoice-status.ts'

/** Looks again whenever the overview is a newer one: what was just paid is an invoice. */
export function Invoices({ overview }: { overview: BillingOverview }) {
  const t = useTranslate()
  const locale = useLocale()
  const organizationId = account.value?.organization.id
  const { items, problem, loading, nextCursor, loadMore, reload } = usePages<Invoice>({
    key: organizationId ? `invoices-${organizationId}` : null,
    load: (place) => listInvoices(place),
    idOf: ({ id }) => id,
  })
  const shown = useRef(overview)
  useEffect(() => {
    if (shown.current === overview) return
    shown.current = overview
    reload()
  }, [overview, reload])
  return (
    <section class="card billing-card" aria-labelledby="billing-invoices">
      <h2 id="billing-invoices">{t('billing.invoices')}</h2>
      {items === null && !problem && <Skeleton lines={4} />}
      {problem && <ErrorState problem={problem} onRetry={items ? loadMore : reload} compact />}
      {items?.length === 0 && <EmptyState compact icon="docs" title={t('billing.no-invoices')} />}
      {items && items.length > 0 && (
        <DataTable
          caption={t('billing.invoices')}
          rows={items}
          idOf={({ id }) => id}
          isFaded={({ status }) => status === 'void'}
          columns={[
            {
              name: 'number',
              heading: t('billing.invoice'),
              title: true,
              cell: (invoice) => (
                <>
                  <bdi>{invoice.number ?? t('billing.no-number')}</bdi>
                  <span class="muted small billing-purpose">{t(purposeKeys[invoice.purpose])}</span>
                </>
              ),
            },
            {
              name: 'date',
              heading: t('billing.date'),
              cell: ({ created_at }) => formatTime(locale, created_at, 'date'),
            },
            {
              name: 'status',
              heading: t('billing.status'),
              cell: (invoice) => {
                const { key, tone } = invoiceState(invoice)
                return <Badge tone={tone}>{t(key)}</Badge>
              },
            },
            {
              name: 'credit',
              heading: t('billing.credit'),
              numeric: true,
              cell: ({ credit_micros }) => (credit_micros ? <Money micros={credit_micros} style="short" /> : '—'),
            },
            {
              name: 'total',
              heading: t('billing.total'),
              numeric: true,
              cell: ({ total_minor, currency }) => <Amount minor={total_minor} currency={currency} />,
            },
            {
              name: 'files',
              heading: t('billing.files'),
              headingHidden: true,
              cell: (invoice) => <Files invoice={invoice} />,
            },
          ]}
        />
      )}
      <LoadMore cursor={nextCursor} busy={loading === 'more'} onMore={loadMore} />
    </section>
  )
}

function Files({ invoice }: { invoice: Invoice }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <>
      {invoice.status === 'open' && invoice.hosted_url && (
        <LinkButton size="sm" variant="primary" href={invoice.hosted_url}>
          {t('billing.pay')}
        </LinkButton>
      )}
      <LinkButton size="sm" href={localized(locale, `/billing/receipt?id=${encodeURIComponent(invoice.id)}`)}>
        {t(invoice.status === 'paid' ? 'billing.receipt' : 'billing.show')}
      </LinkButton>
      {invoice.pdf_url && (
        <LinkButton size="sm" variant="ghost" icon="download" href={invoice.pdf_url}>
          PDF
        </LinkButton>
      )}
    </>
  )
}
