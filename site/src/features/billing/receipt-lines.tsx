import type { InvoiceDetails } from '#shared/contracts/billing'
import { formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Amount } from './amount.tsx'
import { lineWords } from './line-words.ts'

export function ReceiptLines({ invoice }: { invoice: InvoiceDetails }) {
  const t = useTranslate()
  const locale = useLocale()
  const day = (at: number) => formatTime(locale, at, 'date', 'UTC')
  return (
    <table class="receipt-lines">
      <caption class="visually-hidden">{t('receipt.description')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('receipt.description')}</th>
          <th scope="col" class="is-numeric">
            {t('receipt.quantity')}
          </th>
          <th scope="col" class="is-numeric">
            {t('receipt.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {invoice.lines.map((line, index) => (
          <tr key={`${index} ${line.description}`}>
            <th scope="row">
              <bdi>{lineWords(line, { t, locale })}</bdi>
              {line.period_start !== null && line.period_end !== null && line.period_end > line.period_start && (
                <span class="receipt-period">
                  {t('receipt.period', { from: day(line.period_start), to: day(line.period_end) })}
                </span>
              )}
            </th>
            <td class="is-numeric">{line.quantity === null ? '' : formatNumber(locale, line.quantity)}</td>
            <td class="is-numeric">
              <Amount minor={line.amount_minor} currency={invoice.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
