import { expect, test } from 'vitest'
import { localeTags } from './locales.ts'
import { localeCookie } from './remember-locale.ts'

test.each(localeTags)('the choice of %s is kept for a year, for the whole site', (locale) => {
  expect(localeCookie(locale, true)).toBe(`riwaq-locale=${locale}; path=/; max-age=31536000; samesite=lax; secure`)
})

test('over https the choice travels over https only', () => {
  expect(localeCookie('ar', true)).toContain('; secure')
  expect(localeCookie('ar', false)).not.toContain('secure')
})
