import { describe, expect, test } from 'vitest'
import { abilities, reasoningEfforts, vendorIds, type CatalogModel } from '../contracts/model.ts'
import { priceOf, units } from '../lib/money.ts'
import { embeddingModels } from './embedding-models.ts'
import { catalog, suggestedModels } from './models.ts'
import { moderationModels } from './moderation-models.ts'

const byId = new Map(catalog.map((model) => [model.id, model]))
const model = (id: string): CatalogModel => byId.get(id)!

test.each(catalog.map((entry) => [entry.id, entry] as const))(
  '%s has a vendor, limits, a price and the day it was read',
  (id, entry) => {
    expect(vendorIds).toContain(entry.vendor)
    expect(id).toBe(`${entry.vendor}/${entry.upstream}`)
    expect(entry.name).not.toBe('')
    expect(entry.contextTokens).toBeGreaterThan(0)
    expect(entry.maxOutputTokens).toBeGreaterThan(0)
    expect(entry.maxOutputTokens).toBeLessThanOrEqual(entry.contextTokens)
    expect(entry.priceSource).not.toBe('')
    expect(entry.priceCheckedAt).toMatch(/^20\d\d-\d\d-\d\d$/)
    for (const ability of entry.abilities) expect(abilities).toContain(ability)
    for (const effort of entry.efforts ?? []) expect(reasoningEfforts).toContain(effort)
    for (const prices of [entry.price!.prices, ...(entry.price!.tiers ?? []).map((tier) => tier.prices)]) {
      const dear = ['cache_write_1h_tokens', 'audio_input_tokens'] as const
      const ofPictures = (unit: string) => unit.includes('image') || unit.includes('megapixels')
      const must = units.filter((each) => !dear.some((other) => other === each) && !ofPictures(each))
      for (const unit of [...must, ...dear.filter((each) => each in prices)])
        expect(Number.isSafeInteger(prices[unit]) && prices[unit]! > 0, `${unit} of ${id}`).toBe(true)
      expect(prices.reasoning_tokens).toBe(prices.output_tokens)
    }
  },
)

test('no id is listed twice', () => {
  expect(byId.size).toBe(catalog.length)
})

test('the suggested models exist and come first, in their order; the sandbox comes last', () => {
  expect(catalog.slice(0, suggestedModels.length).map(({ id }) => id)).toEqual(suggestedModels)
  expect(catalog.slice(-2).map(({ vendor }) => vendor)).toEqual(['riwaq', 'riwaq'])
})

describe('prices', () => {
  test('are those of the vendors, in micros per million', () => {
    expect(model('openai/gpt-6.1-terra').price!.prices).toEqual({
      input_tokens: 1_000_000,
      cached_input_tokens: 50_000,
      cache_write_tokens: 1_250_000,
      output_tokens: 5_000_000,
      reasoning_tokens: 5_000_000,
    })
    expect(model('anthropic/claude-sonnet-5-5').price!.prices).toMatchObject({
      input_tokens: 2_000_000,
      cached_input_tokens: 100_000,
      cache_write_tokens: 2_500_000,
    })
    expect(model('workers-ai/@cf/qwen/qwen3-30b-a3b-fp8').price!.prices.input_tokens).toBe(50_900)
  })

  test('where a cache has no price of its own, its tokens cost what input costs, not nothing', () => {
    expect(model('groq/llama-3.1-8b-instant').price!.prices).toMatchObject({
      input_tokens: 50_000,
      cached_input_tokens: 50_000,
      cache_write_tokens: 50_000,
    })
  })

  test('rise with a long prompt where the vendor’s do', () => {
    const { price } = model('anthropic/claude-haiku-5-5')
    expect(priceOf(price!, { input_tokens: 100_000 })).toBe(10_000)
    expect(priceOf(price!, { input_tokens: 100_001 })).toBe(50_001)
  })
})

describe('abilities', () => {
  test('a model that reasons is not sent the sampling that it refuses', () => {
    expect(model('openai/gpt-6.1-sol').abilities).not.toContain('temperature')
    expect(model('openai/gpt-4.1').abilities).toContain('temperature')
    expect(model('anthropic/claude-opus-5-5').abilities).not.toContain('temperature')
    expect(model('anthropic/claude-sonnet-4-6').abilities).toContain('temperature')
  })

  test('older Claudes count their thinking in tokens, newer in words', () => {
    expect(model('anthropic/claude-haiku-4-5').abilities).toContain('reasoning-budget')
    expect(model('anthropic/claude-sonnet-5-5')).toMatchObject({
      abilities: expect.arrayContaining(['effort']),
      efforts: ['low', 'medium', 'high', 'xhigh', 'max'],
    })
  })

  test('who sees pictures says so', () => {
    expect(model('openai/gpt-6-luna').abilities).toContain('vision')
    expect(model('openai/gpt-4').abilities).not.toContain('vision')
  })
})

test('what our endpoints cannot call is not in it', () => {
  for (const id of [
    'openai/gpt-5.5-pro',
    'openai/gpt-5.3-codex',
    'google/deep-research-preview-04-2026',
    'google/gemma-4-31b-it',
  ])
    expect(byId.has(id)).toBe(false)
})

test('a cache of an hour has its price where both sources agree on the others, and none where they do not', () => {
  expect(model('anthropic/claude-opus-5-5').price!.prices.cache_write_1h_tokens).toBe(8_000_000)
  expect(model('anthropic/claude-haiku-4-5-20251001').price!.prices.cache_write_1h_tokens).toBe(2_000_000)
  expect(model('anthropic/claude-haiku-5-5').price!.prices.cache_write_1h_tokens).toBeUndefined()
  expect(model('openai/gpt-4.1').price!.prices.cache_write_1h_tokens).toBeUndefined()
})

test('who hears has a price for sound, and nobody else', () => {
  for (const each of catalog)
    expect(each.price!.prices.audio_input_tokens !== undefined, each.id).toBe(each.abilities.includes('audio-input'))
  expect(model('openai/gpt-audio').price!.prices.audio_input_tokens).toBe(32_000_000)
})

test.each([...embeddingModels, ...moderationModels].map((entry) => [entry.id, entry] as const))(
  '%s is no language model, and has a price of its own',
  (id, entry) => {
    expect(id).toBe(`${entry.vendor}/${entry.upstream}`)
    expect(byId.has(id)).toBe(false)
    expect(entry.kind).not.toBe('language')
    expect(entry.kind === 'embedding').toBe(entry.embedding !== undefined)
    expect(Object.keys(entry.price!.prices)).toEqual(['input_tokens'])
    expect(entry.contextTokens).toBeGreaterThan(0)
    expect(entry.priceCheckedAt).toMatch(/^20\d\d-\d\d-\d\d$/)
  },
)
