import { formatDollars, formatMoney, formatNumber } from '../../i18n/format-number.ts'
import type { Locale } from '../../i18n/locales.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Note } from '../../ui/note.tsx'
import { picosToDecimal } from './explain-price.ts'
import type { PriceExplanation as Explanation } from './explain-price.ts'
import { unitSentence } from './unit-sentence.ts'

/** Dollars finer than a micro, every digit of them. */
const formatPicos = (locale: Locale, picos: bigint): string => formatDollars(locale, picosToDecimal(picos), 12)

/** Units × price per million, line by line, and the one rounding. */
export function PriceExplanation({ explanation }: { explanation: Explanation }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <div class="stack">
      <table class="usage-why">
        <caption>{t('usage.why')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('usage.unit')}</th>
            <th scope="col">{t('usage.count')}</th>
            <th scope="col">{t('usage.price-per-million')}</th>
            <th scope="col">{t('usage.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {explanation.lines.map((line) => (
            <tr key={line.unit}>
              <th scope="row">{t(unitSentence(line.unit))}</th>
              <td>{formatNumber(locale, line.count)}</td>
              <td>
                <span aria-hidden="true">× </span>
                <bdi>{formatMoney(locale, line.pricePerMillion)}</bdi>
              </td>
              <td>
                <span aria-hidden="true">= </span>
                <bdi>{formatPicos(locale, line.picos)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {(explanation.rounded || explanation.lines.length > 1) && (
            <tr>
              <th scope="row" colSpan={3}>
                {t('usage.sum')}
              </th>
              <td>
                <bdi>{formatPicos(locale, explanation.picos)}</bdi>
              </td>
            </tr>
          )}
          {explanation.rounded && (
            <tr>
              <th scope="row" colSpan={3}>
                {t('usage.rounded')}
              </th>
              <td>
                <Money micros={explanation.totalMicros} />
              </td>
            </tr>
          )}
          <tr class="usage-why-total">
            <th scope="row" colSpan={3}>
              {t('usage.charged')}
            </th>
            <td>
              <Money micros={explanation.chargedMicros} />
            </td>
          </tr>
        </tfoot>
      </table>
      {explanation.capped && <Note>{t('usage.capped')}</Note>}
    </div>
  )
}
