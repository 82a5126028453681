import { expect, test } from 'vitest'
import { attachedWith, keepAttached, MOST_ATTACHED, readAttached } from './kept-attachments.ts'

function createStore() {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, text: string) => void kept.set(name, text),
    removeItem: (name: string) => void kept.delete(name),
  }
}

test('pictures that wait to be sent outlive a reload', () => {
  const store = createStore()
  keepAttached(['itm_1', 'itm_2'], store)
  expect(readAttached(store)).toEqual(['itm_1', 'itm_2'])
  keepAttached([], store)
  expect(store.kept.size).toBe(0)
})

test('what was kept and is no id is forgotten', () => {
  const store = createStore()
  store.setItem('riwaq:attached', '<b>,itm_1,../x')
  expect(readAttached(store)).toEqual(['itm_1'])
})

test('a store that refuses loses nothing but the reload', () => {
  const refusing = {
    getItem: (): string => {
      throw new Error('refused')
    },
    setItem: () => {
      throw new Error('refused')
    },
    removeItem: () => {},
  }
  keepAttached(['itm_1'], refusing)
  expect(readAttached(refusing)).toEqual([])
})

test('a picture is attached once, and never more of them than a message takes', () => {
  expect(attachedWith(['a', 'b'], ['b', 'c'])).toEqual(['a', 'b', 'c'])
  const many = Array.from({ length: 20 }, (_, index) => `itm_${index}`)
  expect(attachedWith([], many)).toHaveLength(MOST_ATTACHED)
})
