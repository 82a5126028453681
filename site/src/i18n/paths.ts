import { localeTags } from './locales.ts'
import type { Locale } from './locales.ts'

/** For `getStaticPaths` of every page under `[locale]`. */
export const localePaths = () => localeTags.map((locale) => ({ params: { locale } }))

/** `('ar', '/chat')` → `/ar/chat`. */
export const localized = (locale: Locale, path: string): string =>
  `/${locale}${path.startsWith('/') ? path : `/${path}`}`

/** The same page in another language. */
export function inLocale(path: string, locale: Locale): string {
  const [, first = '', ...rest] = path.split('/')
  if (!localeTags.includes(first)) return localized(locale, '/')
  return `/${[locale, ...rest].join('/')}`
}
