import { expect, test } from 'vitest'
import { chooseLocale } from '#shared/http/choose-locale'
import { localeTags } from './locales.ts'
import { localeCookie } from './remember-locale.ts'

test.each(localeTags)('the gateway opens the site in %s, once that was chosen', (locale) => {
  const cookie = localeCookie(locale, true).split(';')[0]!
  expect(chooseLocale(new Headers({ cookie: `other=1; ${cookie}`, 'accept-language': 'fr' }))).toBe(locale)
})

test('over https the choice travels over https only', () => {
  expect(localeCookie('ar', true)).toContain('; secure')
  expect(localeCookie('ar', false)).not.toContain('secure')
})
