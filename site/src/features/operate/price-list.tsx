import { formatMinor } from '../../i18n/format-currency.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'

interface PriceListProps {
  prices: readonly { currency: string; amount_minor: number; interval?: 'month' | 'year' }[]
}

const SHOWN = 3

/** The first few prices; the others are counted. */
export function PriceList({ prices }: PriceListProps) {
  const t = useTranslate()
  const locale = useLocale()
  if (prices.length === 0) return <span class="muted">{t('operate.no-prices')}</span>
  return (
    <span class="operate-prices">
      {prices.slice(0, SHOWN).map(({ currency, amount_minor, interval }) => (
        <span key={`${interval} ${currency}`}>
          <bdi class="money">{formatMinor(locale, amount_minor, currency)}</bdi>
          {interval && <span class="operate-quiet"> {t(`operate.per-${interval}`)}</span>}
        </span>
      ))}
      {prices.length > SHOWN && (
        <span class="operate-quiet">{t('operate.more-prices', { count: prices.length - SHOWN })}</span>
      )}
    </span>
  )
}
