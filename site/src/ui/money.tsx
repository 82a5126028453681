import { formatMoney } from '../i18n/format-number.ts'
import type { MoneyStyle } from '../i18n/format-number.ts'
import { useLocale } from './locale-context.tsx'

export interface MoneyProps {
  micros: number
  /** `exact` (all digits, the default) or `short`, with the exact amount on hover. */
  style?: MoneyStyle
}

export function Money({ micros, style = 'exact' }: MoneyProps) {
  const locale = useLocale()
  const exact = formatMoney(locale, micros)
  return (
    <bdi class="money" title={style === 'short' ? exact : undefined}>
      {formatMoney(locale, micros, style)}
    </bdi>
  )
}
