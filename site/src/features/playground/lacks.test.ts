import { expect, test } from 'vitest'
import { effortsOf, lackOf } from './lacks.ts'

test('what an API has no parameter for is greyed out, whatever the model can', () => {
  const abilities = ['seed', 'stop', 'temperature'] as const
  expect(lackOf({ parameter: 'seed', api: 'chat', abilities })).toBe(null)
  expect(lackOf({ parameter: 'seed', api: 'messages', abilities })).toBe('api')
  expect(lackOf({ parameter: 'stop', api: 'responses', abilities })).toBe('api')
  expect(lackOf({ parameter: 'system', api: 'embeddings', abilities: null })).toBe('api')
})

test('what a model cannot is greyed out', () => {
  expect(lackOf({ parameter: 'tools', api: 'chat', abilities: ['stop'] })).toBe('model')
  expect(lackOf({ parameter: 'tools', api: 'chat', abilities: ['tools'] })).toBe(null)
  expect(lackOf({ parameter: 'maxTokens', api: 'chat', abilities: [] })).toBe(null)
})

test('of a model that is not in the list nothing is ruled out', () => {
  expect(lackOf({ parameter: 'tools', api: 'chat', abilities: null })).toBe(null)
})

test('each API is offered the efforts that it has words for', () => {
  expect(effortsOf('chat')).toContain('none')
  expect(effortsOf('messages')).toEqual(['low', 'medium', 'high', 'xhigh', 'max'])
})
