import type { ChangePreview, ChangeWanted } from '#shared/contracts/billing'
import type { Plan } from '#shared/contracts/plans'
import { formatMoney } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Amount } from './amount.tsx'
import { lineWords } from './line-words.ts'
import { localText } from './local-text.ts'

interface ChangeLinesProps {
  preview: ChangePreview
  plan: Plan
  wanted: ChangeWanted
}

/** Line by line what is paid, what of it is tax, and what comes next. */
export function ChangeLines({ preview, plan, wanted }: ChangeLinesProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { currency } = preview
  const name = localText(plan.body.name, locale)
  const day = (at: number) => formatTime(locale, at, 'date')
  const row = (label: string, minor: number, look?: string) => (
    <tr class={look}>
      <th scope="row">{label}</th>
      <td class="is-numeric">
        <Amount minor={minor} currency={currency} />
      </td>
    </tr>
  )
  return (
    <>
      <p>
        {preview.when === 'now'
          ? t('billing.preview-now', { plan: name })
          : t('billing.preview-later', { plan: name, when: day(preview.at) })}{' '}
        {plan.body.kind === 'per_seat' && t('billing.state-seats', { count: wanted.seats })}
      </p>
      <table class="billing-lines">
        <caption class="visually-hidden">{t('billing.preview-title')}</caption>
        <tbody>
          {preview.lines.map((line, index) => (
            <tr key={`${index} ${line.description}`}>
              <th scope="row">
                <bdi>{lineWords(line, { t, locale })}</bdi>
              </th>
              <td class="is-numeric">
                <Amount minor={line.amount_minor} currency={currency} />
              </td>
            </tr>
          ))}
          {preview.tax_minor !== 0 && row(t('billing.tax'), preview.tax_minor)}
          {row(t('billing.due-now'), preview.due_now_minor, 'billing-lines-total')}
        </tbody>
      </table>
      {preview.credit_micros > 0 && (
        <p>{t('billing.preview-credit', { amount: formatMoney(locale, preview.credit_micros) })}</p>
      )}
      <p class="muted">
        {t('billing.preview-next', { when: day(preview.next_payment_at) })}{' '}
        <Amount minor={preview.next_amount_minor} currency={currency} /> {t('billing.before-tax')}
      </p>
    </>
  )
}
