// The language of a visitor who has not said it in the address: the one they chose before, else the one
// that their browser prefers.

import { LOCALE_COOKIE } from '../contracts/locale-cookie.ts'

const chosenBefore = new RegExp(`(?:^|;\\s*)${LOCALE_COOKIE}=([a-z]+)`)

export const siteLocales = ['en', 'ar'] as const
export type SiteLocale = (typeof siteLocales)[number]

const isSiteLocale = (tag: string | undefined): tag is SiteLocale =>
  (siteLocales as readonly string[]).includes(tag ?? '')

export function chooseLocale(headers: Headers): SiteLocale {
  const chosen = chosenBefore.exec(headers.get('cookie') ?? '')?.[1]
  if (isSiteLocale(chosen)) return chosen
  const wishes = (headers.get('accept-language') ?? '')
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean)
      return { language: tag.split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
  return wishes.map(({ language }) => language).find(isSiteLocale) ?? 'en'
}
