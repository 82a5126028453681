import { expect, test } from 'vitest'
import { composerAction } from './composer-keys.ts'
import type { ComposerKey } from './composer-keys.ts'
import { keepDraft, readDraft } from './drafts.ts'

const press = (own: Partial<ComposerKey>, where = { running: false, touch: false }) =>
  composerAction(
    {
      key: 'Enter',
      shiftKey: false,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      isComposing: false,
      keyCode: 13,
      ...own,
    },
    where,
  )

test('Enter sends and Shift+Enter begins a line', () => {
  expect(press({})).toBe('send')
  expect(press({ shiftKey: true })).toBe('newline')
})

test('an input method keeps its own Enter, also where the browser only says so by the key code', () => {
  expect(press({ isComposing: true })).toBe(null)
  expect(press({ keyCode: 229 })).toBe(null)
  expect(press({ key: 'Escape', isComposing: true }, { running: true, touch: false })).toBe(null)
})

test('on a touch keyboard Enter begins a line; with a key held it still sends', () => {
  expect(press({}, { running: false, touch: true })).toBe('newline')
  expect(press({ ctrlKey: true }, { running: false, touch: true })).toBe('send')
})

test('Escape stops an answer, and does nothing where none runs', () => {
  expect(press({ key: 'Escape' }, { running: true, touch: false })).toBe('stop')
  expect(press({ key: 'Escape' })).toBe(null)
})

const createStore = () => {
  const kept = new Map<string, string>()
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
}

test('each conversation keeps its own draft, and so does the one that is not there yet', () => {
  const store = createStore()
  keepDraft('conv_1', 'one', store)
  keepDraft(null, 'new', store)
  expect([readDraft('conv_1', store), readDraft(null, store), readDraft('conv_2', store)]).toEqual(['one', 'new', ''])
  keepDraft('conv_1', '', store)
  expect([...store.kept.keys()]).toEqual(['riwaq:draft:new'])
})

test('where storage is refused, typing goes on', () => {
  const refuse = () => {
    throw new Error('refused')
  }
  const store = { getItem: refuse, setItem: refuse, removeItem: refuse }
  expect(() => keepDraft('conv_1', 'x', store)).not.toThrow()
  expect(readDraft('conv_1', store)).toBe('')
})
