import { ar } from './texts-ar.ts'
import { en, type Texts } from './texts-en.ts'

export type PageLocale = 'en' | 'ar'

const texts: Record<PageLocale, Texts> = { en, ar }

export interface Reader {
  locale: PageLocale
  dir: 'ltr' | 'rtl'
  t: Texts
}

export const readerOf = (locale: PageLocale): Reader => ({
  locale,
  dir: locale === 'ar' ? 'rtl' : 'ltr',
  t: texts[locale],
})

/** What the link says, then what the session wants, then the browser's first language. */
export function readerFor(request: Request, wanted: string | null): Reader {
  const asked = new URL(request.url).searchParams.get('lang')
  const browser = (request.headers.get('accept-language') ?? '').trim().toLowerCase()
  const first = asked ?? (wanted === null || wanted === 'auto' ? browser : wanted)
  return readerOf(first.startsWith('ar') ? 'ar' : 'en')
}

/** Amounts are counted in the smallest unit of their currency. */
export function money({ amount, currency, locale }: { amount: number; currency: string; locale: PageLocale }): string {
  const format = new Intl.NumberFormat(locale === 'ar' ? 'ar-u-nu-latn' : 'en', {
    style: 'currency',
    currency: currency.toUpperCase(),
  })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}

export const date = (seconds: number, locale: PageLocale): string =>
  new Intl.DateTimeFormat(locale === 'ar' ? 'ar-u-nu-latn' : 'en', { dateStyle: 'medium', timeZone: 'UTC' }).format(
    seconds * 1000,
  )

export const countryNames = (locale: PageLocale): { code: string; name: string }[] => {
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  return countries
    .map((code) => ({ code, name: names.of(code) ?? code }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale))
}

const countries =
  'SA AE BH KW OM QA EG JO IQ LB MA TN DZ YE SD LY PS SY US CA GB DE FR ES IT NL BE AT IE SE DK FI NO CH PL PT GR TR IN PK ID MY SG AU NZ JP KR BR MX ZA NG KE'.split(
    ' ',
  )
