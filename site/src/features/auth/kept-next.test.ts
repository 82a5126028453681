import { expect, test } from 'vitest'
import { keepNext, keptNext } from './kept-next.ts'

const NOW = 1_800_000_000_000
const storeOf = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
}

test('the plan that was chosen before signing up is found again after the confirmation mail', () => {
  const store = storeOf()
  keepNext('/ar/billing?plan=pro', NOW, store)
  expect(keptNext(NOW + 60_000, store)).toBe('/ar/billing?plan=pro')
})

test('a choice of another day, or none, leads nowhere', () => {
  const store = storeOf()
  expect(keptNext(NOW, store)).toBeNull()
  keepNext('/ar/billing?plan=pro', NOW, store)
  expect(keptNext(NOW + 2 * 86_400_000, store)).toBeNull()
  keepNext(null, NOW, store)
  expect(keptNext(NOW, store)).toBeNull()
})

test('what somebody else wrote there does no harm', () => {
  const store = storeOf()
  store.setItem('riwaq:next', 'not json')
  expect(keptNext(NOW, store)).toBeNull()
  store.setItem('riwaq:next', '{"path":7,"at":"x"}')
  expect(keptNext(NOW, store)).toBeNull()
})
