// Amounts of money that is paid, in a currency's smallest unit as Stripe counts it. How many digits that is follows
// Stripe's own list and not Intl's: the two differ for some currencies, and a factor of a hundred is no detail.
import { formatNumber } from './format-number.ts'
import type { Locale } from './locales.ts'

const withoutDecimals = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '))
const withThreeDecimals = new Set('bhd jod kwd omr tnd'.split(' '))

export function minorDigits(currency: string): number {
  if (withoutDecimals.has(currency)) return 0
  return withThreeDecimals.has(currency) ? 3 : 2
}

const LEFT_TO_RIGHT_MARK = '\u200e'

/** 1250 fils → "1.250"; 1250 yen → "1250". */
export function minorToDecimal(minor: number, currency: string): string {
  const digits = minorDigits(currency)
  const sign = minor < 0 ? '-' : ''
  const text = Math.abs(Math.trunc(minor))
    .toString()
    .padStart(digits + 1, '0')
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** `whole`: a price that has no fraction is shown without one, as on the page of plans; never on a receipt. */
export function formatMinor(
  locale: Locale,
  minor: number,
  currency: string,
  { whole = false }: { whole?: boolean } = {},
): string {
  const digits = minorDigits(currency)
  // The digits are moved, never divided, so that no fraction is invented.
  const decimal = minorToDecimal(minor, currency) as Intl.StringNumericLiteral
  const text = formatNumber(locale, decimal as unknown as number, {
    style: 'currency',
    currency: currency.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...(whole && { trailingZeroDisplay: 'stripIfInteger' as const }),
  })
  // Within Arabic the sign of `US$` would part from its letters: a mark after it keeps the two together.
  return text.replace(/[A-Z]\p{Sc}/u, `$&${LEFT_TO_RIGHT_MARK}`)
}

export function currencyName(locale: Locale, currency: string): string {
  return new Intl.DisplayNames(locale, { type: 'currency' }).of(currency.toUpperCase()) ?? currency.toUpperCase()
}
