import type { Locale } from './locales.ts'

/** Arabic pages show money, tokens and times in Latin digits, and say so instead of leaving it to the system. */
export const intlLocale = (locale: Locale): string => (locale.startsWith('ar') ? `${locale}-u-nu-latn` : locale)

const formatters = new Map<string, Intl.NumberFormat>()

function formatterFor(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const name = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(name)
  if (known) return known
  const made = new Intl.NumberFormat(intlLocale(locale), options)
  formatters.set(name, made)
  return made
}

export const formatNumber = (locale: Locale, value: number, options: Intl.NumberFormatOptions = {}): string =>
  formatterFor(locale, options).format(value)

/** 128000 → 128K, where only the size matters. */
export const formatCompact = (locale: Locale, value: number): string =>
  formatNumber(locale, value, { notation: 'compact', maximumFractionDigits: 1 })

/** `exact` shows every micro that there is; `short` shows enough to compare, rounded towards zero. */
export type MoneyStyle = 'exact' | 'short'

/** Micros as US dollars. The digits are moved, never divided, so that no fraction is invented. */
export function formatMoney(locale: Locale, micros: number, style: MoneyStyle = 'exact'): string {
  const decimal = microsToDecimal(micros)
  const maximumFractionDigits = style === 'exact' ? 6 : shortDigits(micros)
  return formatDollars(locale, decimal, maximumFractionDigits)
}

/** Dollars that are written as decimal digits already, which may be finer than a micro. What does not fit is cut off. */
export function formatDollars(locale: Locale, decimal: string, maximumFractionDigits: number): string {
  const format = formatterFor(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: 2,
    maximumFractionDigits,
    roundingMode: 'trunc',
  })
  // Arabic would write US$; on a platform with one currency the sign is enough.
  const parts = format.formatToParts(decimal as Intl.StringNumericLiteral)
  return parts.map(({ type, value }) => (type === 'currency' ? '$' : value)).join('')
}

function shortDigits(micros: number): number {
  const size = Math.abs(micros)
  if (size >= 100_000 || size === 0) return 2
  if (size >= 10_000) return 3
  return size >= 1_000 ? 4 : 6
}

/** 1234567 → "1.234567". */
export function microsToDecimal(micros: number): string {
  const digits = Math.abs(Math.trunc(micros)).toString().padStart(7, '0')
  const sign = micros < 0 ? '-' : ''
  return `${sign}${digits.slice(0, -6)}.${digits.slice(-6)}`
}
