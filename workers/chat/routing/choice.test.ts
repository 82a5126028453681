import { expect, test } from 'vitest'
import { takeRoutingChoice } from './choice.ts'

const take = (value: unknown, headers: Record<string, string> = {}, inBody = true) =>
  takeRoutingChoice(value, { headers: new Headers(headers), inBody })
const refusal = (value: unknown, headers: Record<string, string> = {}) => {
  try {
    take(value, headers)
    return null
  } catch (error) {
    return (error as { details: { param?: string } }).details.param
  }
}

test('a request that says nothing is passed as it is', () => {
  const body = { model: 'a', messages: [] }
  const taken = take(body)
  expect(taken.choice).toBeNull()
  expect(taken.value).toBe(body)
})

test('what is meant for the platform is taken out of the body', () => {
  const body = { model: 'a', models: ['b', 'a'], provider: { order: ['groq'], allow_fallbacks: false }, seed: 1 }
  expect(take(body)).toEqual({
    value: { model: 'a', seed: 1 },
    choice: { models: ['a', 'b'], order: ['groq'], only: null, ignore: null, allowFallbacks: false },
  })
  expect(body.models).toEqual(['b', 'a'])
})

test('a list of models needs no model beside it', () => {
  expect(take({ models: ['b', 'c'] })).toMatchObject({ value: { model: 'b' }, choice: { models: ['b', 'c'] } })
  expect(take({ model: null, models: ['b'] })).toMatchObject({ value: { model: 'b' } })
})

test.each(['', 7, false])('a model that is none (%j) is not mended by a list: it is refused later on', (model) => {
  expect(take({ model, models: ['b'] })).toMatchObject({ value: { model } })
})

test('headers say the same for a dialect whose bodies have no room for it, and the body wins where it has', () => {
  const headers = { 'x-riwaq-models': 'b, c', 'x-riwaq-provider-order': 'xai,groq' }
  expect(take({ model: 'a', models: ['kept'] }, headers, false)).toMatchObject({
    value: { model: 'a', models: ['kept'] },
    choice: { models: ['a', 'b', 'c'], order: ['xai', 'groq'] },
  })
  expect(take({ model: 'a', models: ['d'] }, headers)).toMatchObject({
    choice: { models: ['a', 'd'], order: ['xai', 'groq'] },
  })
})

test.each([
  [{ models: 'a' }, {}, 'models'],
  [{ models: [] }, {}, 'models'],
  [{ models: Array.from({ length: 9 }, (_, at) => `m${at}`) }, {}, 'models'],
  [{ provider: { sort: 'price' } }, {}, 'provider.sort'],
  [{ provider: { order: ['nobody'] } }, {}, 'provider.order[0]'],
  [{ model: 'a' }, { 'x-riwaq-provider-order': 'nobody' }, 'x-riwaq-provider-order[0]'],
  [{ model: 'a' }, { 'x-riwaq-models': ',' }, 'x-riwaq-models'],
])('what cannot be read is refused by its name: %j', (body, headers, param) => {
  expect(refusal(body, headers)).toBe(param)
})

test('what is no object is left to its own check', () => {
  expect(take('text', { 'x-riwaq-models': 'a' })).toEqual({ value: 'text', choice: null })
})
