import { expect, test } from 'vitest'
import { translator } from '../../../i18n/translate.ts'
import { adviceWords, stageWords } from './job-words.ts'

test('a job that waits for another try is not said to wait for its first', () => {
  expect(stageWords({ state: 'queued', stage: 'asking', attempts: 1 })).toBe('images.stage-again')
  expect(stageWords({ state: 'queued', stage: 'waiting', attempts: 0 })).toBe('images.stage-waiting')
  expect(stageWords({ state: 'running', stage: 'storing', attempts: 1 })).toBe('images.stage-storing')
})

test('a refusal of the words is answered with other words, a fault that passes with another try', () => {
  expect(adviceWords('content_rejected')).toBe('images.advice-prompt')
  expect(adviceWords('internal_error')).toBe('images.advice-again')
  expect(adviceWords('provider_timeout')).toBeNull()
})

test('Arabic counts pictures in all its forms', () => {
  const ar = translator('ar')
  const said = [0, 1, 2, 3, 11, 100].map((count) => ar('images.announce-done', { count }))
  expect(new Set(said).size).toBe(6)
  const en = translator('en')
  expect(en('images.announce-done', { count: 1 })).not.toBe(en('images.announce-done', { count: 2 }))
})
