// Everything that the installed official client can say works, or is refused by its name: over the client's own types.
import { expect, test } from 'vitest'
import { createChatWorld, finish, nativeModel, sayingModel } from '../../testing.ts'
import { typesOf } from '../sdk-types.ts'

const client = typesOf('openai', 'responses/responses.d.ts')
const countParameters = typesOf('openai', 'responses/input-tokens.d.ts').fields('InputTokenCountParams')

type Expectation = 'works' | 'refused' | 'only-openai'

/** A value that says something, and what becomes of it. */
const parameters: Record<string, [unknown, Expectation]> = {
  access_programs: [{ cyber: 'standard' }, 'refused'],
  background: [true, 'refused'],
  context_management: [[{ type: 'compaction' }], 'refused'],
  conversation: ['conv_1', 'refused'],
  image: [{ context_compression: 'auto' }, 'refused'],
  include: [['reasoning.encrypted_content'], 'works'],
  input: ['Say something.', 'works'],
  instructions: ['Be short.', 'works'],
  max_output_tokens: [50, 'works'],
  max_tool_calls: [3, 'works'],
  metadata: [{ a: 'b' }, 'works'],
  model: ['fake/words', 'works'],
  moderation: [{ model: 'omni-moderation-latest' }, 'refused'],
  parallel_tool_calls: [false, 'works'],
  previous_response_id: ['resp_000000000000000000000000', 'refused'],
  prompt: [{ id: 'pmpt_1' }, 'refused'],
  prompt_cache_key: ['k', 'works'],
  prompt_cache_options: [{ mode: 'explicit', ttl: '30m' }, 'works'],
  prompt_cache_retention: ['24h', 'works'],
  reasoning: [{ effort: 'low', summary: 'auto' }, 'works'],
  safety_identifier: ['user-1', 'works'],
  service_tier: ['default', 'works'],
  store: [false, 'works'],
  stream: [false, 'works'],
  stream_options: [{ include_obfuscation: false }, 'works'],
  temperature: [0.5, 'works'],
  text: [{ format: { type: 'json_object' }, verbosity: 'low' }, 'works'],
  tool_choice: ['auto', 'works'],
  tools: [[{ type: 'function', name: 'f', parameters: { type: 'object' }, strict: true }], 'works'],
  top_logprobs: [2, 'only-openai'],
  top_p: [0.5, 'works'],
  truncation: ['auto', 'works'],
  user: ['user-1', 'works'],
}
/** Of counting alone. */
const countOnly: Record<string, [unknown, Expectation]> = { personality: ['friendly', 'refused'] }

const answer = { id: 'resp_v', object: 'response', status: 'completed', output: [], usage: null }

function worlds() {
  const translated = createChatWorld({
    models: { 'fake/words': sayingModel([{ type: 'text-delta', text: 'ok' }, finish(null)]).model },
  })
  const native = createChatWorld({
    models: { 'fake/words': nativeModel('openai-responses', () => Response.json(answer)).model },
  })
  return { translated, native }
}

const base = { model: 'fake/words', input: 'x' }

interface Told {
  error?: { param: string | null; code: string; message: string } | null
}

async function told(world: ReturnType<typeof createChatWorld>, body: unknown, path = '/v1/responses') {
  const response = await world.ask(path, body)
  return { status: response.status, error: ((await response.json()) as Told).error ?? undefined }
}

test('every parameter of the official client is known here, and no other', () => {
  expect(Object.keys(parameters).sort()).toEqual(client.fields('ResponseCreateParamsBase').sort())
  const counted = countParameters
  expect(counted.length).toBeGreaterThan(5)
  for (const name of counted) expect({ ...parameters, ...countOnly }).toHaveProperty(name)
})

test.each(Object.entries(parameters))('%s works, or is refused by its name', async (name, [value, expectation]) => {
  const { translated, native } = worlds()
  const body = { ...base, [name]: value }
  for (const [world, works] of [
    [translated, expectation === 'works'],
    [native, expectation !== 'refused'],
  ] as const) {
    const { status, error } = await told(world, body)
    if (works) expect([status, error]).toEqual([200, undefined])
    else expect([status, error?.param]).toEqual([name === 'previous_response_id' ? 404 : 400, name])
  }
})

test.each(Object.entries(parameters))('%s may be null, as the official client sends what is not said', async (name) => {
  const { translated } = worlds()
  const { status, error } = await told(translated, { ...base, [name]: null })
  if (name === 'model' || name === 'input') expect([status, error?.param]).toEqual([400, name])
  else expect([status, error]).toEqual([200, undefined])
})

test.each(countParameters)('counting takes %s, or refuses it by its name', async (name) => {
  const { translated } = worlds()
  const [value, expectation] = { ...parameters, ...countOnly }[name]!
  const { status, error } = await told(translated, { ...base, [name]: value }, '/v1/responses/input_tokens')
  if (expectation === 'works') expect([status, error]).toEqual([200, undefined])
  else expect([status, error?.param]).toEqual([name === 'previous_response_id' ? 404 : 400, name])
})

test.each(client.variants('Tool'))(
  'a tool of type %s is a function of the caller’s, or refused by its name',
  async (type) => {
    const { translated, native } = worlds()
    const body = { ...base, tools: [{ type, name: 'f' }] }
    const ours = await told(translated, body)
    const theirs = await told(native, body)
    if (type === 'function') expect([ours.status, theirs.status]).toEqual([200, 200])
    else if (type === 'custom') expect([ours.status, ours.error?.param, theirs.status]).toEqual([400, 'tools', 200])
    else
      for (const { status, error } of [ours, theirs]) {
        expect([status, error?.param]).toEqual([400, 'tools[0].type'])
        expect(error!.message).toContain(type)
      }
  },
)

const servedItems = [
  'message',
  'function_call',
  'function_call_output',
  'custom_tool_call',
  'custom_tool_call_output',
  'reasoning',
  'item_reference',
]

test.each(client.variants('ResponseInputItem').filter((type) => !servedItems.includes(type)))(
  'an item of type %s is refused by its name',
  async (type) => {
    const { native } = worlds()
    const { status, error } = await told(native, { ...base, input: [{ type, id: 'x_1' }] })
    expect([status, error?.param]).toEqual([400, 'input[0].type'])
    expect(error!.message).toContain(type)
  },
)

test('the items that are served are items of the official client', () => {
  expect(client.variants('ResponseInputItem')).toEqual(expect.arrayContaining(servedItems))
})

test.each(client.variants('ResponseIncludable'))('to include %s works, or is refused by its name', async (word) => {
  const { native } = worlds()
  const { status, error } = await told(native, { ...base, include: [word] })
  const served = /^(?:reasoning|message)\./.test(word)
  expect([status, error?.param]).toEqual(served ? [200, undefined] : [400, 'include'])
})

test.each(client.variants('ServiceTier'))('the service tier %s is priced, or refused by its name', async (tier) => {
  const { native } = worlds()
  const { status, error } = await told(native, { ...base, service_tier: tier })
  expect([status, error?.param]).toEqual(['auto', 'default'].includes(tier) ? [200, undefined] : [400, 'service_tier'])
})

test.each([
  [{ colour: 'red' }, 'colour'],
  [{ input: [] }, 'input'],
  [{ input: 7 }, 'input'],
  [{ input: [{ role: 'user', content: [{ type: 'input_text' }] }] }, 'input[0].content[0].text'],
  [{ input: [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }] }, 'input[0].content[0].file_id'],
  [{ input: [{ role: 'user', content: [{ type: 'input_image' }] }] }, 'input[0].content[0].image_url'],
  [{ input: [{ type: 'function_call_output', output: 'x' }] }, 'input[0].call_id'],
  [{ input: [{ role: 'user', content: 'x' }, { role: 'user' }] }, 'input[1].content'],
  [{ input: [{ role: 'robot', content: 'x' }] }, 'input[0].role'],
  [{ input: ['x'] }, 'input[0]'],
  [{ input: [{ id: 7 }] }, 'input[0].id'],
  [{ input: [{ type: 7 }] }, 'input[0].type'],
  [{ input: [null] }, 'input[0]'],
  [{ input: [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }] }, 'input[0].content[0].file_id'],
  [
    { input: [{ role: 'user', content: [{ type: 'input_file', file_url: 'https://x.com/a.pdf' }] }] },
    'input[0].content[0].file_url',
  ],
  [
    { input: [{ role: 'user', content: [{ type: 'input_file', file_data: 'data:text/html;base64,aGk=' }] }] },
    'input[0].content[0].file_data',
  ],
  [{ prompt_cache_options: { ttl: '12h' } }, 'prompt_cache_options.ttl'],
  [{ prompt_cache_options: { prewarm: true } }, 'prompt_cache_options.prewarm'],
  [{ temperature: 3 }, 'temperature'],
  [{ max_output_tokens: 0 }, 'max_output_tokens'],
  [{ metadata: { a: 'x'.repeat(600) } }, 'metadata.a'],
  [{ reasoning: { mode: 'pro' } }, 'reasoning.mode'],
  [{ text: { format: { type: 'xml' } } }, 'text.format.type'],
  [{ tool_choice: { type: 'web_search_preview' } }, 'tool_choice'],
  [{ model: '' }, 'model'],
])('%j is refused by the name of what is wrong', async (more, param) => {
  const { translated } = worlds()
  const { status, error } = await told(translated, { ...base, ...more })
  expect([status, error?.param]).toEqual([400, param])
})

test('what a program notes for itself is taken, and told to no vendor', async () => {
  const body = { ...base, client_metadata: { session_id: 's', workspaces: '/home/layla/secret' } }
  expect((await told(worlds().translated, body)).status).toBe(200)
  let sent: unknown
  const model = nativeModel('openai-responses', (asked) => {
    sent = asked
    return Response.json(answer)
  }).model
  expect((await told(createChatWorld({ models: { 'fake/words': model } }), body)).status).toBe(200)
  expect(sent).toMatchObject({ model: expect.any(String) as string })
  expect(JSON.stringify(sent)).not.toContain('secret')
})
