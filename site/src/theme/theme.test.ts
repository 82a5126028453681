import { expect, test } from 'vitest'
import { nextTheme, toTheme } from './theme.ts'
import { themeScript } from './theme-script.ts'

test('a theme that nobody knows is the device’s own', () => {
  expect(toTheme('sepia')).toBe('system')
  expect(toTheme(undefined)).toBe('system')
  expect(toTheme('dark')).toBe('dark')
})

test('the switch goes round all themes', () => {
  expect(nextTheme('system')).toBe('light')
  expect(nextTheme('light')).toBe('dark')
  expect(nextTheme('dark')).toBe('system')
})

function runInPage(stored: () => string | null): Record<string, string> {
  const dataset: Record<string, string> = {}
  const run = new Function('localStorage', 'document', themeScript) as (storage: unknown, document: unknown) => void
  run({ getItem: stored }, { documentElement: { dataset } })
  return dataset
}

test('the stored theme is applied before the first paint', () => {
  expect(runInPage(() => 'dark')).toEqual({ theme: 'dark' })
  expect(runInPage(() => 'system')).toEqual({})
})

test('a page whose storage is refused still opens', () => {
  const refused = () => {
    throw new Error('denied')
  }
  expect(runInPage(refused)).toEqual({})
})
