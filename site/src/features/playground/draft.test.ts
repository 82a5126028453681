import { expect, test } from 'vitest'
import { emptyDraft, readDraft } from './draft.ts'

test('what was filled in is there again after a reload', () => {
  const draft = { ...emptyDraft, api: 'messages' as const, temperature: '0.5', stream: false }
  const turns = [...emptyDraft.turns, { role: 'assistant' as const, text: 'Yes?' }]
  expect(readDraft(JSON.stringify({ ...draft, turns }))).toEqual({ ...draft, turns })
})

test.each([null, '', 'no JSON', 'null', '[]', '7'])('%j is an empty page', (text) => {
  expect(readDraft(text)).toEqual(emptyDraft)
})

test('what does not fit is as if it had never been filled in', () => {
  const stored = { api: 'telepathy', effort: 'heroic', cache: 3, stream: 'yes', turns: [{ role: 'king' }], seed: '7' }
  expect(readDraft(JSON.stringify(stored))).toEqual({ ...emptyDraft, seed: '7' })
})
