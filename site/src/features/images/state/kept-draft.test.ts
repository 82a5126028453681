import { expect, test } from 'vitest'
import { emptyDraft } from './draft.ts'
import { keepDraft, readKeptDraft } from './kept-draft.ts'

const storeWith = (text: string | null = null) => {
  let kept = text
  return { getItem: () => kept, setItem: (_: string, value: string) => void (kept = value) }
}

test('a draft outlives a reload, without what was painted', () => {
  const store = storeWith()
  const draft = {
    ...emptyDraft,
    prompt: 'رواق',
    pictures: [{ id: 'itm_a', width: 1, height: 1 }],
    task: 'edit' as const,
    mask: 'data:image/png;base64,AA',
  }
  keepDraft(draft, store)
  expect(readKeptDraft(store)).toEqual({ ...draft, mask: null })
})

test('what cannot be read, or has another shape by now, is the usual', () => {
  for (const text of [null, '{', '7', '[]']) expect(readKeptDraft(storeWith(text))).toEqual(emptyDraft)
  expect(readKeptDraft(storeWith('{"prompt":"x","count":"many","pictures":{},"task":"paint"}'))).toEqual({
    ...emptyDraft,
    prompt: 'x',
  })
})

test('where storage is refused, the page goes on', () => {
  const refuse = () => {
    throw new Error('refused')
  }
  expect(() => keepDraft(emptyDraft, { getItem: refuse, setItem: refuse })).not.toThrow()
  expect(readKeptDraft({ getItem: refuse, setItem: refuse })).toEqual(emptyDraft)
})
