import { expect, test } from 'vitest'
import { createEmbeddingModels, type EmbeddingModelSettings } from './embedding-models.ts'
import { fetchOf } from './kit/upstream-fake.ts'
import { toBase64Vector, toNumberVector } from './kit/vector.ts'
import { createLanguageModels } from './language-models.ts'

const { signal } = new AbortController()
const nomic = { id: 'nomic-embed-text', kind: 'embedding', input: 0.01, context: 2048, dimensions: 768 }
const compatible = {
  COMPATIBLE_BASE_URL: 'http://localhost:11434/v1',
  COMPATIBLE_API_KEY: 'k',
  COMPATIBLE_MODELS: JSON.stringify([
    nomic,
    { id: 'unpriced', kind: 'embedding', input: 0.01 },
    { id: 'qwen3', input: 0.4, output: 1.2, cached_input: 0.1, context: 32_768, max_output: 8_192 },
  ]),
}
const everything = { OPENAI_API_KEY: 'k', GEMINI_API_KEY: 'k', MISTRAL_API_KEY: 'k', ...compatible }
const vectors = (count: number, usage: unknown = { prompt_tokens: 7, total_tokens: 7 }) => ({
  object: 'list',
  // Not in order, as a vendor that works in parallel may answer.
  data: Array.from({ length: count }, (_, at) => ({ index: at, embedding: [at, 0.5] })).toReversed(),
  usage,
})

function world(settings: EmbeddingModelSettings, answer: () => Response = () => Response.json(vectors(2))) {
  const asked: { url: string; body: Record<string, unknown> }[] = []
  const fetch = fetchOf(({ url, body }) => {
    asked.push({ url, body })
    return answer()
  })
  return { models: createEmbeddingModels({ settings, fetch }), asked }
}
const two = { inputs: ['one', 'two'], encoding: 'float' as const }

test('with no key there is the sandbox; real ones come before it', () => {
  expect(
    world({})
      .models.list()
      .map(({ id }) => id),
  ).toEqual(['riwaq/sandbox-embedding'])
  const ids = world(everything)
    .models.list()
    .map(({ id }) => id)
  expect(ids[0]).toBe('openai/text-embedding-3-small')
  expect(ids).toContain('compatible/nomic-embed-text')
  expect(ids).not.toContain('compatible/unpriced')
  expect(ids.at(-1)).toBe('riwaq/sandbox-embedding')
})

test.each([
  ['openai/text-embedding-3-small', 'https://api.openai.com/v1/embeddings'],
  ['gemini-embedding-001', 'https://generativelanguage.googleapis.com/v1beta/openai/embeddings'],
  ['mistral-embed', 'https://api.mistral.ai/v1/embeddings'],
  ['compatible/nomic-embed-text', 'http://localhost:11434/v1/embeddings'],
])('%s answers a vector for each text, in their order, and its count', async (id, address) => {
  const { models, asked } = world(everything)
  const { model, embedding } = models.resolve(id)
  expect(await embedding.embed(two, { signal })).toEqual({
    vectors: [
      [0, 0.5],
      [1, 0.5],
    ],
    usage: { input_tokens: 7 },
    warnings: [],
  })
  expect(asked[0]).toMatchObject({ url: address, body: { model: model.upstream, input: ['one', 'two'] } })
})

test('a setting goes only to who takes it, and what was left out is said', async () => {
  const { models, asked } = world(everything)
  const request = { ...two, dimensions: 2, endUser: 'u', encoding: 'base64' as const }
  await models.resolve('text-embedding-3-large').embedding.embed(request, { signal })
  expect(asked[0]!.body).toMatchObject({ dimensions: 2, user: 'u', encoding_format: 'base64' })
  const { warnings } = await models.resolve('gemini-embedding-001').embedding.embed(request, { signal })
  expect(Object.keys(asked[1]!.body).toSorted()).toEqual(['dimensions', 'input', 'model'])
  expect(warnings).toMatchObject([{ parameter: 'user' }])
})

test('Workers AI answers by its binding, and counts nothing', async () => {
  const asked: unknown[] = []
  const AI = {
    run: async (...call: unknown[]) => {
      asked.push(call.slice(0, 2))
      return { shape: [2, 2], data: [[1, 0], [0, 1]] } // prettier-ignore
    },
  }
  const { embedding } = world({ AI }).models.resolve('workers-ai/@cf/baai/bge-m3')
  expect(await embedding.embed(two, { signal })).toEqual({ vectors: [[1, 0], [0, 1]], usage: null, warnings: [] }) // prettier-ignore
  expect(asked).toEqual([['@cf/baai/bge-m3', { text: ['one', 'two'] }]])
})

test('who counts nothing, or zero, has counted nothing', async () => {
  for (const usage of [null, { prompt_tokens: 0, total_tokens: 0 }, 'nothing']) {
    const { models } = world(everything, () => Response.json(vectors(2, usage)))
    expect((await models.resolve('mistral-embed').embedding.embed(two, { signal })).usage).toBeNull()
  }
})

test.each([
  ['fewer vectors than texts', () => Response.json(vectors(1)), 'provider_error'],
  ['a vector twice', () => Response.json({ data: [{ index: 0, embedding: [1] }, { index: 0, embedding: [1] }] }), 'provider_error'], // prettier-ignore
  ['a web page', () => new Response('<html>'), 'provider_error'],
  ['no more money', () => Response.json({ error: { code: 'insufficient_quota' } }, { status: 429 }), 'provider_misconfigured'], // prettier-ignore
  ['a fault of the request', () => Response.json({ error: { message: 'too long' } }, { status: 400 }), 'invalid_request'], // prettier-ignore
])('%s is told as what it is', async (_, answer, code) => {
  const { models } = world(everything, answer)
  await expect(models.resolve('text-embedding-3-small').embedding.embed(two, { signal })).rejects.toMatchObject({
    code,
  })
})

test.each([
  ['gpt-4.1', 'invalid_request'],
  ['qwen3', 'invalid_request'],
  ['omni-moderation-latest', 'invalid_request'],
  ['compatible/unpriced', 'model_not_priced'],
  ['nobody/knows', 'model_not_found'],
])('%s makes no vectors, and the error names the parameter', (id, code) => {
  expect(() => world(everything).models.resolve(id)).toThrow(
    expect.objectContaining({ code, details: { param: 'model' } }),
  )
})

test('who asks an embedding or moderation model to answer is told where it is called', () => {
  const languages = createLanguageModels({ settings: everything })
  for (const [id, address] of [
    ['text-embedding-3-small', 'POST /v1/embeddings'],
    ['compatible/nomic-embed-text', 'POST /v1/embeddings'],
    ['riwaq/sandbox-moderation', 'POST /v1/moderations'],
  ])
    expect(() => languages.resolve(id!)).toThrow(
      expect.objectContaining({ code: 'invalid_request', message: expect.stringContaining(address!) }),
    )
  expect(languages.list().map(({ id }) => id)).not.toContain('compatible/nomic-embed-text')
})

test('a vector is the same in numbers and in base64', () => {
  const vector = [0, 1, -0.5, 0.25, 1e-3]
  expect(toNumberVector(toBase64Vector(vector))).toEqual(vector.map(Math.fround))
  expect(toBase64Vector(toBase64Vector(vector))).toBe(toBase64Vector(vector))
  expect(new Float32Array(Buffer.from(toBase64Vector(vector), 'base64').buffer.slice(0)).length).toBeGreaterThan(0)
})
