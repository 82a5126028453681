import { LOCALE_COOKIE } from '#shared/contracts/locale-cookie'
import type { Locale } from './locales.ts'

const YEAR_SECONDS = 31_536_000

export const localeCookie = (locale: Locale, isSecure: boolean): string =>
  `${LOCALE_COOKIE}=${encodeURIComponent(locale)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${isSecure ? '; secure' : ''}`

/** So that the bare address of the site opens in the language that was chosen last. */
export function rememberLocale(locale: Locale): void {
  document.cookie = localeCookie(locale, window.location.protocol === 'https:')
}
