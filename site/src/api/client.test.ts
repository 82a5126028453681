import { expect, test } from 'vitest'
import { toApiProblem } from './api-problem.ts'
import type { ApiProblem } from './api-problem.ts'
import { createApi, withQuery } from './client.ts'

interface Call {
  url: string
  init: RequestInit
}

function apiAnswering(answer: () => Response) {
  const calls: Call[] = []
  const api = createApi(async (url, init) => {
    calls.push({ url, init })
    return answer()
  })
  return { api, calls }
}

const problemOf = async (run: Promise<unknown>): Promise<ApiProblem> => {
  try {
    await run
  } catch (error) {
    return toApiProblem(error)
  }
  throw new Error('expected a problem')
}

test('a call carries the session’s cookie and JSON, and answers what the platform said', async () => {
  const { api, calls } = apiAnswering(() => Response.json({ id: 'key_1' }, { status: 201 }))

  expect(await api.post('/api/keys', { name: 'CI' })).toEqual({ id: 'key_1' })

  expect(calls[0]).toMatchObject({
    url: '/api/keys',
    init: { method: 'POST', credentials: 'same-origin', body: '{"name":"CI"}' },
  })
})

test('reading sends no body', async () => {
  const { api, calls } = apiAnswering(() => Response.json({}))
  await api.get('/api/keys', { query: { limit: 20, cursor: undefined } })
  expect(calls[0]?.url).toBe('/api/keys?limit=20')
  expect(calls[0]?.init.body).toBeUndefined()
})

test('an empty answer is an answer', async () => {
  const { api } = apiAnswering(() => new Response(null, { status: 204 }))
  expect(await api.delete('/api/keys/key_1')).toBeNull()
})

test('a problem keeps its code, its request and its facts', async () => {
  const body = {
    type: 'about:blank',
    title: 'x',
    status: 402,
    detail: 'Out of credit.',
    code: 'insufficient_credits',
    requestId: 'req_9',
    facts: { needed_micros: 12 },
  }
  const { api } = apiAnswering(() => Response.json(body, { status: 402 }))

  expect(await problemOf(api.get('/api/usage/balance'))).toMatchObject({
    code: 'insufficient_credits',
    status: 402,
    message: 'Out of credit.',
    requestId: 'req_9',
    facts: { needed_micros: 12 },
  })
})

test('an OpenAI-shaped error is understood as well', async () => {
  const { api } = apiAnswering(() =>
    Response.json(
      { error: { message: 'no', code: 'model_not_found', param: 'model' } },
      { status: 404, headers: { 'x-request-id': 'req_1' } },
    ),
  )
  expect(await problemOf(api.get('/v1/models'))).toMatchObject({
    code: 'model_not_found',
    requestId: 'req_1',
    param: 'model',
  })
})

test('an answer that is not JSON becomes a problem by its status', async () => {
  const { api } = apiAnswering(() => new Response('<html>', { status: 503, headers: { 'retry-after': '2' } }))
  expect(await problemOf(api.get('/api/keys'))).toMatchObject({ code: 'service_unavailable', retryAfterSeconds: 2 })
})

test('no answer at all is its own problem', async () => {
  const api = createApi(() => Promise.reject(new TypeError('Failed to fetch')))
  expect(await problemOf(api.get('/api/keys'))).toMatchObject({ code: 'network', status: 0 })
})

test('a call that was given up is not a problem', async () => {
  const api = createApi(() => Promise.reject(new DOMException('gone', 'AbortError')))
  await expect(api.get('/api/keys')).rejects.toMatchObject({ name: 'AbortError' })
})

test('queries are added to what an address has already', () => {
  expect(withQuery('/a?b=1', { c: 'x y' })).toBe('/a?b=1&c=x+y')
  expect(withQuery('/a')).toBe('/a')
})
