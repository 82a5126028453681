import type { BillingDetails } from '#shared/contracts/billing'
import type { Locale } from '../../i18n/locales.ts'

/** An address as it is written under a name, its country in the reader's language. */
export function addressLines(address: BillingDetails['address'], locale: Locale): string[] {
  if (address === null) return []
  const separator = locale.startsWith('ar') ? '، ' : ', '
  const place = [address.postal_code, address.city].filter(Boolean).join(' ')
  const country = new Intl.DisplayNames(locale, { type: 'region' }).of(address.country) ?? address.country
  const lines = [address.line1, address.line2, [place, address.state].filter(Boolean).join(separator), country]
  return lines.filter((line): line is string => line !== null && line !== '')
}
