import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import { claim, createImagesWorld, drawn, ordering, painting, PICTURE_MICROS, png } from '../testing.ts'

const path = '/v1/images/generations'

interface Answer {
  created: number
  data: { b64_json?: string; url?: string; item_id?: string; seed?: number; revised_prompt?: string }[]
  usage: { total_tokens: number }
  size: string
  output_format: string
}

test('a prompt becomes a picture in the library and a charge, and the answer is OpenAI’s', async () => {
  const world = await createImagesWorld()
  const response = await world.ask(path, { prompt: 'a fox in the snow', n: 2, size: '128x64' })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-riwaq-cost-micros')).toBe(String(2 * PICTURE_MICROS))
  expect(response.headers.get('x-riwaq-model')).toBe('fake/painter')
  const body = (await response.json()) as Answer
  expect(body).toMatchObject({ size: '128x64', output_format: 'png', usage: { total_tokens: 0 } })
  expect(body.data.map(({ b64_json }) => atob(b64_json!).slice(1, 4))).toEqual(['PNG', 'PNG'])
  expect(world.published()).toMatchObject([
    { itemId: body.data[0]!.item_id, title: 'a fox in the snow', costMicros: PICTURE_MICROS },
    { itemId: body.data[1]!.item_id, costMicros: PICTURE_MICROS },
  ])
  expect(await world.charges()).toEqual([2 * PICTURE_MICROS])
  expect(world.ledger.liveHolds()).toEqual([])
})

test('what a picture was made of stays with it', async () => {
  const generate = async (request: Parameters<typeof drawn>[0]) =>
    drawn(request, { images: [{ bytes: png(), seed: 7, revisedPrompt: 'a red fox' }] })
  const world = await createImagesWorld({ models: [painting(generate)] })
  const body = await world.json<Answer>(path, {
    prompt: 'a fox',
    negative_prompt: 'rain',
    style_preset: 'ink',
    seed: 7,
    quality: 'fine',
  })
  expect(body.data[0]).toMatchObject({ seed: 7, revised_prompt: 'a red fox' })
  expect(world.published()[0]!.provenance).toMatchObject({
    service: 'images',
    prompt: expect.stringMatching(/^a fox, black ink/),
    original_prompt: 'a fox',
    negative_prompt: 'rain',
    model: 'fake/painter',
    seed: 7,
    parameters: { quality: 'fine', style: 'ink', revised_prompt: 'a red fox' },
  })
})

test('an address instead of the picture is good for an hour', async () => {
  const world = await createImagesWorld()
  const { data } = await world.json<Answer>(path, { prompt: 'a fox', response_format: 'url' })
  expect(data[0]).toEqual({ url: `https://riwaq.test/media/${data[0]!.item_id}.3600`, item_id: data[0]!.item_id })
})

test('a key that nobody knows is told nothing but that', async () => {
  const world = await createImagesWorld()
  const stranger = { principal: await claim('another secret') }
  for (const body of [{ prompt: 'a fox' }, { prompt: '' }, 'no json', { prompt: 'a fox', model: 'nobody/nothing' }])
    expect((await world.ask(path, body, stranger)).status).toBe(401)
  expect(world.shelf.size).toBe(0)
})

test('a key pays for the member who made it', async () => {
  const world = await createImagesWorld()
  expect((await world.ask(path, { prompt: 'a fox' }, { principal: await claim() })).status).toBe(200)
  expect(world.published()[0]).toMatchObject({ userId: 'usr_test00000001' })
})

const bad: [string, object, string, string | null][] = [
  ['no words', { prompt: '' }, 'invalid_request', 'prompt'],
  ['a prompt that the model cannot read whole', { prompt: 'x'.repeat(1_001) }, 'context_length_exceeded', 'prompt'],
  ['more pictures than it makes', { n: 5 }, 'unsupported_parameter', 'n'],
  ['a size that it does not make', { size: '100x100' }, 'unsupported_parameter', 'size'],
  ['a quality that it does not know', { quality: 'ultra' }, 'unsupported_parameter', 'quality'],
  ['a style that nobody has', { style_preset: 'cubism' }, 'invalid_request', 'style_preset'],
  ['a transparent JPEG', { background: 'transparent', output_format: 'jpeg' }, 'invalid_request', 'background'],
  ['a format of moving pictures', { output_format: 'gif' }, 'invalid_request', 'output_format'],
  ['a drawing in vectors', { svg: {} }, 'unsupported_parameter', 'svg'],
  ['what is not made here', { prompt: 'explicit porn' }, 'content_rejected', null],
  ['a model that is not there', { model: 'nobody/nothing' }, 'model_not_found', 'model'],
  ['a seed for a model without', { model: 'fake/pencil', seed: 1 }, 'unsupported_parameter', 'seed'],
  [
    'a negative prompt for a model without',
    { model: 'fake/pencil', negative_prompt: 'rain' },
    'unsupported_parameter',
    'negative_prompt',
  ],
  [
    'transparency of a model without',
    { model: 'fake/pencil', background: 'transparent' },
    'unsupported_parameter',
    'background',
  ],
]

test.each(bad)('%s is refused by name, costs nothing and leaves nothing', async (_, change, code, param) => {
  const world = await createImagesWorld()
  const response = await world.ask(path, { prompt: 'a fox', ...change })
  expect(response.status).toBeGreaterThanOrEqual(400)
  expect(await response.json()).toMatchObject({ error: { code, param } })
  expect([await world.charges(), world.ledger.liveHolds(), world.shelf.size]).toEqual([[], [], 0])
  expect((await world.jobs.list({ organizationId: 'org_test00000001', limit: 10 })).data).toEqual([])
})

const faults: [string, Parameters<typeof painting>[0], string][] = [
  ['no picture', async (request) => drawn(request, { images: [] }), 'provider_no_image'],
  ['another count', async (request) => drawn({ ...request, count: 2 }), 'provider_wrong_count'],
  [
    'what is no picture',
    async (request) => drawn(request, { images: [{ bytes: new TextEncoder().encode('<svg/>') }] }),
    'provider_bad_image',
  ],
  [
    'a picture that is cut off',
    async (request) => drawn(request, { images: [{ bytes: png().slice(0, 20) }] }),
    'provider_bad_image',
  ],
  [
    'a picture that its maker holds for unfit',
    async (request) => drawn(request, { images: [{ bytes: png(), flagged: 'nsfw' }] }),
    'content_rejected',
  ],
  [
    'an address that is dead',
    async () => {
      throw new Problem('provider_image_lost', 'The picture could not be fetched.')
    },
    'provider_image_lost',
  ],
  [
    'a refusal',
    async () => {
      throw new Problem('content_rejected', 'The provider refused.')
    },
    'content_rejected',
  ],
]

test.each(faults)(
  'a provider that answers with %s is named, costs nothing and leaves nothing',
  async (_, generate, code) => {
    const world = await createImagesWorld({ models: [painting(generate)] })
    const response = await world.ask(path, { prompt: 'a fox' })
    expect(await response.json()).toMatchObject({ error: { code } })
    expect([await world.charges(), world.ledger.liveHolds(), world.shelf.size]).toEqual([[], [], 0])
  },
)

test('a provider that stumbles is asked again, and paid once', async () => {
  let times = 0
  const generate = async (request: Parameters<typeof drawn>[0]) => {
    if (++times < 3) throw new Problem('provider_overloaded', 'Too busy.')
    return drawn(request)
  }
  const world = await createImagesWorld({ models: [painting(generate)] })
  expect((await world.ask(path, { prompt: 'a fox' })).status).toBe(200)
  expect([times, await world.charges()]).toEqual([3, [PICTURE_MICROS]])
})

test('the same Idempotency-Key is given the same pictures and pays once', async () => {
  const world = await createImagesWorld()
  const again = { headers: { 'idempotency-key': 'once' } }
  const first = await world.ask(path, { prompt: 'a fox' }, again)
  const second = await world.ask(path, { prompt: 'a fox' }, again)
  expect(second.headers.get('x-riwaq-idempotent-replay')).toBe('true')
  expect(await second.json()).toEqual(await first.json())
  const another = await world.ask(path, { prompt: 'a wolf' }, again)
  expect(await another.json()).toMatchObject({ error: { code: 'idempotency_mismatch' } })
  expect(await world.charges()).toEqual([PICTURE_MICROS])
})

test('without credit nobody is asked', async () => {
  let asked = 0
  const world = await createImagesWorld({
    balanceMicros: PICTURE_MICROS - 1,
    models: [
      painting(async (request) => {
        asked++
        return drawn(request)
      }),
    ],
  })
  expect(await world.json(path, { prompt: 'a fox' })).toMatchObject({ error: { code: 'insufficient_credits' } })
  expect(asked).toBe(0)
})

test('a caller who leaves after the provider was asked finds the picture under the same key', async () => {
  const leaving = new AbortController()
  const world = await createImagesWorld({
    models: [
      painting(async (request) => {
        leaving.abort()
        return drawn(request)
      }),
    ],
  })
  const again = { headers: { 'idempotency-key': 'left' } }
  await world.ask(path, { prompt: 'a fox' }, { ...again, signal: leaving.signal }).catch(() => null)
  await world.settled()
  expect(await world.charges()).toEqual([PICTURE_MICROS])
  const { data } = await world.json<Answer>(path, { prompt: 'a fox' }, again)
  expect(data[0]!.item_id).toBe(world.published()[0]!.itemId)
  expect(await world.charges()).toEqual([PICTURE_MICROS])
})

test('where there is no room the pictures are given all the same, kept a day and said to be', async () => {
  const world = await createImagesWorld({ quotaBytes: 10 })
  const response = await world.ask(path, { prompt: 'a fox' })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-riwaq-warnings')).toMatch(/no room left/)
  expect(world.published()).toMatchObject([{ temporary: true }])
})

test('store: false keeps a picture out of the library', async () => {
  const world = await createImagesWorld()
  await world.ask(path, { prompt: 'a fox', store: false })
  expect(world.published()).toMatchObject([{ temporary: true }])
})

test('an organization that keeps nothing is given its pictures, and neither words nor pictures stay', async () => {
  const world = await createImagesWorld({ policy: { zero_retention: true } })
  const response = await world.ask(path, { prompt: 'a secret fox', negative_prompt: 'a hidden wolf', user: 'layla' })
  expect(((await response.json()) as Answer).data[0]).toMatchObject({ b64_json: expect.any(String) })
  await world.settled()
  expect(world.shelf.size).toBe(0)
  const { data } = await world.jobs.list({ organizationId: 'org_test00000001', limit: 10 })
  expect(JSON.stringify(data)).not.toMatch(/fox|wolf|layla/)
  expect(await world.charges()).toEqual([PICTURE_MICROS])
  expect(await world.json(path, { prompt: 'a fox', response_format: 'url' })).toMatchObject({
    error: { code: 'unsupported_parameter', param: 'response_format' },
  })
})

test('a prompt is translated once for a model that reads English alone, and both are kept', async () => {
  const world = await createImagesWorld({
    written: { ok: true, text: 'a fox in the snow', model: 'openai/writer', costMicros: 5 },
  })
  const response = await world.ask(path, { prompt: 'ثعلب في الثلج', model: 'fake/pencil' })
  expect(response.status).toBe(200)
  expect(world.asked.writing).toHaveLength(1)
  expect(world.published()[0]!.provenance).toMatchObject({
    prompt: 'a fox in the snow',
    original_prompt: 'ثعلب في الثلج',
  })
})

test('what OpenAI takes and nobody here knows is said to be left out', async () => {
  const world = await createImagesWorld()
  const response = await world.ask(path, { prompt: 'a fox', moderation: 'low', quality: 'standard' })
  expect(response.status).toBe(200)
  expect(response.headers.get('x-riwaq-warnings')).toMatch(/^moderation: /)
})

test('other methods are told which one is taken', async () => {
  const world = await createImagesWorld()
  expect((await world.ask(path)).headers.get('allow')).toBe('POST')
})

test('who asks again while the first still waits for its vendor is given its pictures, and pays nothing', async () => {
  const again = { headers: { 'idempotency-key': 'twice' } }
  const pictures = { images: [{ bytes: png() }], usage: null, warnings: [] }
  let second: Promise<Response> | null = null
  let asked = 0
  let looks = 0
  const model = ordering({
    start: async () => ({ operation: `op_${++asked}`, warnings: [] }),
    async poll() {
      second ??= world.ask(path, { prompt: 'a fox' }, again)
      // The other request comes on.
      await new Promise((next) => setImmediate(next))
      return ++looks > 60 ? { state: 'done', result: pictures } : { state: 'pending', progress: null }
    },
    cancel: async () => {},
  })
  const world = await createImagesWorld({ models: [model] })
  const { data } = await world.json<Answer>(path, { prompt: 'a fox' }, again)
  const repeated = await second!
  expect(repeated.headers.get('x-riwaq-idempotent-replay')).toBe('true')
  expect(await repeated.json()).toMatchObject({ data })
  expect([asked, await world.charges()]).toEqual([1, [PICTURE_MICROS]])
})
