import { expect, test } from 'vitest'
import { themeScript } from '../theme/theme-script.ts'
import { forgetSignedIn, rememberSignedIn } from './signed-in.ts'

function createStore() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  }
}

function signedInAtFirstPaint(store: ReturnType<typeof createStore>): boolean {
  const dataset: Record<string, string> = {}
  const run = new Function('localStorage', 'document', themeScript) as (storage: unknown, document: unknown) => void
  run(store, { documentElement: { dataset } })
  return 'signedIn' in dataset
}

test('whoever is signed in is known to a page that asks nobody, before its first paint', () => {
  const store = createStore()
  expect(signedInAtFirstPaint(store)).toBe(false)
  rememberSignedIn(store)
  expect(signedInAtFirstPaint(store)).toBe(true)
  forgetSignedIn(store)
  expect(signedInAtFirstPaint(store)).toBe(false)
})

test('a device that keeps nothing changes nothing', () => {
  const refuse = () => {
    throw new Error('denied')
  }
  expect(() => rememberSignedIn({ setItem: refuse, removeItem: refuse })).not.toThrow()
  expect(() => forgetSignedIn({ setItem: refuse, removeItem: refuse })).not.toThrow()
})
