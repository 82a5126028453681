import { expect, test } from 'vitest'
import { parseCompatibleModels } from './parse-compatible-models.ts'

const qwen = { id: 'qwen3', input: 0.4, output: 1.2, cached_input: 0.1, context: 32_768, max_output: 8_192 }

test('prices in dollars per million become whole micros', () => {
  expect(parseCompatibleModels(JSON.stringify([qwen]))).toEqual({
    faults: [],
    models: [
      {
        id: 'qwen3',
        contextTokens: 32_768,
        maxOutputTokens: 8_192,
        price: {
          prices: {
            input_tokens: 400_000,
            cached_input_tokens: 100_000,
            cache_write_tokens: 400_000,
            output_tokens: 1_200_000,
            reasoning_tokens: 1_200_000,
          },
        },
      },
    ],
  })
})

test('zero is a price', () => {
  const { models } = parseCompatibleModels(JSON.stringify([{ ...qwen, input: 0, output: 0, cached_input: 0 }]))
  expect(models[0]!.price!.prices.output_tokens).toBe(0)
})

test.each(['input', 'output', 'cached_input', 'context', 'max_output'] as const)(
  'without %s a model is known but not priced, and the sentence names it',
  (field) => {
    const { models, faults } = parseCompatibleModels(JSON.stringify([{ ...qwen, [field]: undefined }]))
    expect(models[0]!.price).toBeNull()
    expect(faults).toEqual([expect.stringContaining(`"${field}"`)])
  },
)

test.each([
  ['{', 'not valid JSON'],
  ['', 'not valid JSON'],
  ['{"id":"x"}', 'must be a JSON list'],
  ['[{"input":1}]', 'entry 1, "id"'],
  ['[{"id":"x","input":"free"}]', 'entry 1, "input"'],
  ['[{"id":"x","input":-1}]', 'entry 1, "input"'],
  ['[{"id":"x","contxt":1}]', 'entry 1, "contxt"'],
  ['[{"id":"x","context":0}]', 'entry 1, "context"'],
  ['[3]', 'entry 1'],
])('what is wrong with %s is named', (text, named) => {
  const { models, faults } = parseCompatibleModels(text)
  expect(models).toEqual([])
  expect(faults.join(' ')).toContain(named)
})

test('one bad entry does not take the others with it, and a second of the same name does not count', () => {
  const { models, faults } = parseCompatibleModels(
    JSON.stringify([qwen, { id: 7 }, { ...qwen, input: 9 }, { ...qwen, id: 'llama' }]),
  )
  expect(models.map(({ id }) => id)).toEqual(['qwen3', 'llama'])
  expect(models[0]!.price!.prices.input_tokens).toBe(400_000)
  expect(faults).toHaveLength(2)
})

test('an embedding model needs a price for what it reads and a limit, and nothing else', () => {
  const nomic = { id: 'nomic', kind: 'embedding', input: 0.01, context: 2_048, dimensions: 768 }
  const { models, faults } = parseCompatibleModels(JSON.stringify([nomic, { id: 'bge', kind: 'embedding' }]))
  expect(models[0]).toEqual({
    id: 'nomic',
    kind: 'embedding',
    dimensions: 768,
    contextTokens: 2_048,
    maxOutputTokens: 0,
    price: { prices: { input_tokens: 10_000 } },
  })
  expect(models[1]!.price).toBeNull()
  expect(faults).toEqual(['COMPATIBLE_MODELS: "bge" cannot be called, because "input", "context" are missing.'])
})

test('a price for sound is a price of its own', () => {
  const { models } = parseCompatibleModels(JSON.stringify([{ ...qwen, audio_input: 3 }]))
  expect(models[0]!.price!.prices.audio_input_tokens).toBe(3_000_000)
})

const sdxl = { id: 'sdxl', kind: 'image', image: 0.02, sizes: ['1024x1024', '768x1344'] }

test('a model that makes pictures needs a price for each, and nothing else', () => {
  const { models, faults } = parseCompatibleModels(JSON.stringify([sdxl, { id: 'flux', kind: 'image' }]))
  expect(models[0]).toMatchObject({
    id: 'sdxl',
    kind: 'image',
    contextTokens: 0,
    price: { prices: { images: 20_000_000_000 } },
    image: {
      operations: ['generate'],
      sizes: { kind: 'list', sizes: ['1024x1024', '768x1344'] },
      maxInputImages: 0,
      pricing: { unit: 'images', rows: [{ price: 20_000_000_000 }] },
    },
  })
  expect(models[1]).toMatchObject({ price: null, image: { pricing: { rows: [] }, sizes: { kind: 'range' } } })
  expect(faults).toEqual(['COMPATIBLE_MODELS: "flux" cannot be called, because "image" is missing.'])
})

test('one that edits takes pictures and a mask', () => {
  const { models } = parseCompatibleModels(
    JSON.stringify([
      { ...sdxl, operations: ['generate', 'edit'], max_input_images: 3, max_images: 1, qualities: ['hd'] },
    ]),
  )
  expect(models[0]!.image).toMatchObject({ mask: true, maxInputImages: 3, maxImages: 1, qualities: ['hd'] })
})

test.each([
  [{ sizes: ['large'] }, 'entry 1, "sizes.0"'],
  [{ sizes: [] }, 'entry 1, "sizes"'],
  [{ operations: ['paint'] }, 'entry 1, "operations.0"'],
  [{ operations: ['edit', 'edit'] }, 'entry 1, "operations"'],
  [{ image: -1 }, 'entry 1, "image"'],
  [{ max_images: 11 }, 'entry 1, "max_images"'],
])('what is wrong with a model that makes pictures (%j) is named', (more, named) => {
  const { models, faults } = parseCompatibleModels(JSON.stringify([{ ...sdxl, ...more }]))
  expect(models).toEqual([])
  expect(faults.join(' ')).toContain(named)
})
