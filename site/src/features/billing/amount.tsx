import { formatMinor } from '../../i18n/format-currency.ts'
import { useLocale } from '../../ui/locale-context.tsx'

/** Money that is paid, beside its currency; credit is `Money`. */
export function Amount({ minor, currency, whole }: { minor: number; currency: string; whole?: boolean }) {
  const locale = useLocale()
  return <bdi class="money">{formatMinor(locale, minor, currency, { whole })}</bdi>
}
