import { expect, test } from 'vitest'
import { atTheEnd, distinctPrompts, stepBack, stepForward } from './prompt-history.ts'

const prompts = distinctPrompts(['a cat', ' a dog ', 'a cat', '', 'a bird'])

test('prompts are remembered once, the newest first', () => {
  expect(prompts).toEqual(['a cat', 'a dog', 'a bird'])
})

test('back and forth leads to what was being written', () => {
  const first = stepBack(atTheEnd, { prompts, text: 'a fi' })!
  const second = stepBack(first.history, { prompts, text: first.text })!
  expect([first.text, second.text]).toEqual(['a cat', 'a dog'])
  const forth = stepForward(second.history, { prompts })!
  expect(forth.text).toBe('a cat')
  expect(stepForward(forth.history, { prompts })).toEqual({ history: atTheEnd, text: 'a fi' })
  expect(stepForward(atTheEnd, { prompts })).toBeNull()
})

test('what stands there already is not offered again, and behind the oldest is nothing', () => {
  expect(stepBack(atTheEnd, { prompts, text: 'a cat' })?.text).toBe('a dog')
  expect(stepBack({ at: 2, written: '' }, { prompts, text: 'a bird' })).toBeNull()
})
