import type { ComponentChildren } from 'preact'
import type { InvoiceDetails } from '#shared/contracts/billing'
import { formatMoney, formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Logo } from '../../ui/logo.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Amount } from './amount.tsx'
import { addressLines } from './address-lines.ts'
import { invoiceState } from './invoice-status.ts'
import { MethodName } from './payment-card.tsx'
import { ReceiptLines } from './receipt-lines.tsx'

/** One sheet: who sold what to whom, what of it is tax, and how it was paid. */
export function ReceiptSheet({ invoice, test }: { invoice: InvoiceDetails; test: boolean }) {
  const t = useTranslate()
  const locale = useLocale()
  const { seller, customer } = invoice
  const day = (at: number) => formatTime(locale, at, 'date')
  const taxId = customer.tax_id?.value
  return (
    <article class="receipt-sheet">
      <header class="receipt-head">
        <div>
          <h1>{t(invoice.status === 'paid' ? 'receipt.title' : 'receipt.invoice-title')}</h1>
          <dl class="receipt-facts">
            <Fact term={t('receipt.number')}>
              <bdi dir="ltr">{invoice.number ?? invoice.id}</bdi>
            </Fact>
            <Fact term={t('receipt.issued')}>{day(invoice.created_at)}</Fact>
            {invoice.paid_at !== null && <Fact term={t('receipt.paid-on')}>{day(invoice.paid_at)}</Fact>}
            <Fact term={t('receipt.status')}>{t(invoiceState(invoice).key)}</Fact>
          </dl>
        </div>
        <Logo size={48} />
      </header>
      {test && <p class="receipt-test">{t('receipt.test')}</p>}
      <div class="receipt-parties">
        <Party title={t('receipt.seller')} name={seller.name} lines={seller.address} taxIds={seller.tax_ids} />
        <Party
          title={t('receipt.customer')}
          name={customer.name ?? customer.email ?? '—'}
          lines={[
            ...addressLines(customer.address, locale),
            ...(customer.name !== null && customer.email !== null ? [customer.email] : []),
          ]}
          taxIds={taxId ? [taxId] : []}
        />
      </div>
      <ReceiptLines invoice={invoice} />
      <Sums invoice={invoice} />
      {invoice.reverse_charge && <p class="receipt-note">{t('receipt.reverse-charge')}</p>}
      {invoice.payment_method && invoice.paid_minor > 0 && (
        <p class="receipt-note">
          {t('receipt.paid-with')}: <MethodName method={invoice.payment_method} />
        </p>
      )}
      {invoice.credit_micros !== null && invoice.credit_micros > 0 && (
        <p class="receipt-note">{t('receipt.credit', { amount: formatMoney(locale, invoice.credit_micros) })}</p>
      )}
    </article>
  )
}

function Fact({ term, children }: { term: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}

interface PartyProps {
  title: string
  name: string
  lines: readonly string[]
  taxIds: readonly string[]
}

function Party({ title, name, lines, taxIds }: PartyProps) {
  const t = useTranslate()
  return (
    <section class="receipt-party">
      <h2>{title}</h2>
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>
      </p>
      {lines.map((line, index) => (
        <p key={`${index} ${line}`}>
          <bdi>{line}</bdi>
        </p>
      ))}
      {taxIds.map((id) => (
        <p key={id}>
          {t('receipt.tax-ids')}: <bdi dir="ltr">{id}</bdi>
        </p>
      ))}
    </section>
  )
}

function Sums({ invoice }: { invoice: InvoiceDetails }) {
  const t = useTranslate()
  const locale = useLocale()
  const { currency } = invoice
  const due = invoice.status === 'open' ? invoice.total_minor - invoice.paid_minor : 0
  const percentOf = (percent: number | null) =>
    percent === null ? '' : formatNumber(locale, percent / 100, { style: 'percent', maximumFractionDigits: 2 })
  const sum = (term: string, minor: number, strong = false) => (
    <div class={strong ? 'receipt-sum receipt-sum-total' : 'receipt-sum'}>
      <dt>{term}</dt>
      <dd>
        <Amount minor={minor} currency={currency} />
      </dd>
    </div>
  )
  return (
    <dl class="receipt-sums">
      {sum(t('receipt.subtotal'), invoice.subtotal_minor)}
      {invoice.discount_minor > 0 && sum(t('receipt.discount'), -invoice.discount_minor)}
      {invoice.taxes.map((tax) => (
        <div class="receipt-sum" key={`${tax.name} ${tax.percent}`}>
          <dt>
            <bdi>{t('receipt.tax-of', { name: tax.name, percent: percentOf(tax.percent) }).trim()}</bdi>
          </dt>
          <dd>
            <Amount minor={tax.amount_minor} currency={currency} />
          </dd>
        </div>
      ))}
      {invoice.taxes.length === 0 && invoice.tax_minor !== 0 && sum(t('billing.tax'), invoice.tax_minor)}
      {sum(t('receipt.total'), invoice.total_minor, true)}
      {invoice.paid_minor > 0 && sum(t('receipt.paid'), invoice.paid_minor)}
      {invoice.refunded_minor > 0 && sum(t('receipt.refunded'), -invoice.refunded_minor)}
      {due > 0 && sum(t('receipt.due'), due, true)}
    </dl>
  )
}
