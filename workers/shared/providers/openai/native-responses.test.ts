import { expect, test } from 'vitest'
import type { ModelTraits } from '#shared/contracts/model'
import { fetchOf } from '../kit/upstream-fake.ts'
import { createOpenAI } from './index.ts'

const traits: ModelTraits = { abilities: ['temperature', 'reasoning', 'effort'], maxOutputTokens: 1_000 }

interface Seen {
  url: string
  body: Record<string, unknown>
  headers: Headers
}

function endpointOf(seen: Seen[], answer: () => Response = () => Response.json({}), its: ModelTraits = traits) {
  const vendor = createOpenAI({
    apiKey: 'sk-secret',
    fetch: fetchOf((call) => {
      seen.push(call)
      return answer()
    }),
  })
  return vendor.language('gpt-x', its).natives!.find(({ dialect }) => dialect === 'openai-responses')!
}

const send = (endpoint: ReturnType<typeof endpointOf>, body: Record<string, unknown>) =>
  endpoint.send({ model: 'gpt-x', input: [], ...body }, { signal: new AbortController().signal })

test('a request goes to OpenAI’s own address with its key, and is never kept there', async () => {
  const seen: Seen[] = []
  await send(endpointOf(seen), { service_tier: 'auto', store: true })
  expect(seen[0]!.url).toBe('https://api.openai.com/v1/responses')
  expect(seen[0]!.headers.get('authorization')).toBe('Bearer sk-secret')
  expect(seen[0]!.body).toMatchObject({ store: false, service_tier: 'default' })
})

test('a model that reasons is asked for its seals, one that does not is not', async () => {
  const seen: Seen[] = []
  await send(endpointOf(seen), { include: ['message.output_text.logprobs'] })
  const plain = endpointOf(seen, undefined, { ...traits, abilities: [] })
  await send(plain, { include: ['reasoning.encrypted_content'] })
  expect(seen.map(({ body }) => body['include'])).toEqual([
    ['message.output_text.logprobs', 'reasoning.encrypted_content'],
    undefined,
  ])
})

test.each([
  [{ background: true }, 'background'],
  [{ conversation: 'conv_1' }, 'conversation'],
  [{ prompt: { id: 'p' } }, 'prompt'],
  [{ previous_response_id: 'resp_1' }, 'previous_response_id'],
  [{ context_management: [{}] }, 'context_management'],
  [{ service_tier: 'priority' }, 'service_tier'],
  [{ tools: [{ type: 'web_search' }] }, 'tools'],
  [{ tools: [null] }, 'tools'],
])('%j is never sent: it is billed beyond tokens, or kept there', async (body, param) => {
  const seen: Seen[] = []
  await expect(send(endpointOf(seen), body)).rejects.toMatchObject({
    code: 'unsupported_parameter',
    details: { param },
  })
  expect(seen).toEqual([])
})

test('counting asks for what makes a prompt long, and for nothing else', async () => {
  const seen: Seen[] = []
  const endpoint = endpointOf(seen, () => Response.json({ object: 'response.input_tokens', input_tokens: 7 }))
  const body = { model: 'gpt-x', input: [], instructions: 'Be short.', max_output_tokens: 9, user: 'u' }
  expect(await endpoint.countTokens!(body, { signal: new AbortController().signal })).toBe(7)
  expect(seen[0]!.url).toBe('https://api.openai.com/v1/responses/input_tokens')
  expect(seen[0]!.body).toEqual({ model: 'gpt-x', input: [], instructions: 'Be short.' })
})

test('OpenAI’s refusal is told by its parameter, without the key', async () => {
  const refusal = {
    error: { message: 'Bad sk-secret input', type: 'invalid_request_error', param: 'input', code: null },
  }
  const endpoint = endpointOf([], () => Response.json(refusal, { status: 400 }))
  const error = await send(endpoint, {}).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'invalid_request', details: { param: 'input' } })
  expect(JSON.stringify(error)).not.toContain('sk-secret')
})
