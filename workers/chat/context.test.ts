import { expect, test } from 'vitest'
import { modelsOf, type ChatEnv } from './context.ts'

const vendorsOf = (env: Partial<ChatEnv>) =>
  new Set(
    modelsOf(env as ChatEnv)
      .list()
      .map(({ vendor }) => vendor),
  )
const AI = { run: () => Promise.reject(new Error('not asked')) } as unknown as ChatEnv['AI']

test('a deployed platform has Workers AI by its binding alone, until it is switched off', () => {
  expect(vendorsOf({ AI })).toContain('workers-ai')
  expect(vendorsOf({ AI, WORKERS_AI: 'off' })).not.toContain('workers-ai')
})

test('a local run, which has no such binding, offers none of its models', () => {
  expect(vendorsOf({})).toEqual(new Set(['riwaq']))
})
