// The counts of every vendor, as they write them, and what they cost: complaints about gateways begin here.
import { describe, expect, test } from 'vitest'
import { priceOf, type Usage } from '#shared/lib/money'
import { usageFromAnthropic } from './anthropic-usage.ts'
import { usageFromOpenAI } from './openai-protocol/usage.ts'

/** Every kind of token at a price of its own, so that a token counted as another kind shows. */
const price = {
  prices: {
    input_tokens: 1_000_000,
    cached_input_tokens: 100_000,
    cache_write_tokens: 1_250_000,
    cache_write_1h_tokens: 2_000_000,
    audio_input_tokens: 32_000_000,
    output_tokens: 5_000_000,
    reasoning_tokens: 5_000_000,
  },
}

type Row = [vendor: string, reported: unknown, usage: Usage, micros: number]

const openAILike: Row[] = [
  [
    'OpenAI, from its cache and with reasoning',
    {
      prompt_tokens: 2_006,
      completion_tokens: 300,
      total_tokens: 2_306,
      prompt_tokens_details: { cached_tokens: 1_920, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 128, accepted_prediction_tokens: 0 },
    },
    { input_tokens: 86, cached_input_tokens: 1_920, output_tokens: 172, reasoning_tokens: 128 },
    86 + 192 + 1_500,
  ],
  [
    'OpenAI, that wrote its cache',
    {
      prompt_tokens: 2_000,
      completion_tokens: 10,
      total_tokens: 2_010,
      prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 1_800 },
    },
    { input_tokens: 200, cache_write_tokens: 1_800, output_tokens: 10 },
    200 + 2_250 + 50,
  ],
  [
    'OpenAI, that heard something',
    {
      prompt_tokens: 120,
      completion_tokens: 20,
      total_tokens: 140,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 100, text_tokens: 20 },
      completion_tokens_details: { audio_tokens: 0, reasoning_tokens: 0 },
    },
    { input_tokens: 20, audio_input_tokens: 100, output_tokens: 20 },
    20 + 3_200 + 100,
  ],
  [
    'DeepSeek',
    {
      prompt_tokens: 1_000,
      completion_tokens: 50,
      total_tokens: 1_050,
      prompt_cache_hit_tokens: 896,
      prompt_cache_miss_tokens: 104,
      completion_tokens_details: { reasoning_tokens: 30 },
    },
    { input_tokens: 104, cached_input_tokens: 896, output_tokens: 20, reasoning_tokens: 30 },
    104 + 90 + 250,
  ],
  [
    'Moonshot',
    { prompt_tokens: 1_000, completion_tokens: 10, total_tokens: 1_010, cached_tokens: 900 },
    { input_tokens: 100, cached_input_tokens: 900, output_tokens: 10 },
    100 + 90 + 50,
  ],
  [
    'xAI, whose reasoning is beside the completion',
    {
      prompt_tokens: 32,
      completion_tokens: 9,
      total_tokens: 141,
      prompt_tokens_details: { text_tokens: 32, cached_tokens: 6 },
      completion_tokens_details: { reasoning_tokens: 100 },
    },
    { input_tokens: 26, cached_input_tokens: 6, output_tokens: 9, reasoning_tokens: 100 },
    26 + 1 + 545,
  ],
  [
    'Google, that only tells its thoughts by the total',
    { prompt_tokens: 10, completion_tokens: 5, total_tokens: 65 },
    { input_tokens: 10, output_tokens: 5, reasoning_tokens: 50 },
    10 + 275,
  ],
  [
    'Mistral',
    { prompt_tokens: 40, completion_tokens: 8, total_tokens: 48, prompt_tokens_details: { cached_tokens: 32 } },
    { input_tokens: 8, cached_input_tokens: 32, output_tokens: 8 },
    8 + 4 + 40,
  ],
  [
    'Groq, with its times',
    { queue_time: 0.02, prompt_tokens: 17, prompt_time: 0.001, completion_tokens: 3, total_tokens: 20 },
    { input_tokens: 17, output_tokens: 3 },
    32,
  ],
  [
    'vLLM, that has no details',
    { prompt_tokens: 17, total_tokens: 20, completion_tokens: 3, prompt_tokens_details: null },
    { input_tokens: 17, output_tokens: 3 },
    32,
  ],
  [
    'Workers AI',
    { prompt_tokens: 17, completion_tokens: 3, total_tokens: 20, prompt_tokens_details: { cached_tokens: 0 } },
    { input_tokens: 17, output_tokens: 3 },
    32,
  ],
  [
    'OpenRouter, with its own costs',
    {
      prompt_tokens: 1_000,
      completion_tokens: 10,
      total_tokens: 1_010,
      cost: 0.014,
      prompt_tokens_details: { cached_tokens: 500, cache_write_tokens: 100, audio_tokens: 0 },
    },
    { input_tokens: 400, cached_input_tokens: 500, cache_write_tokens: 100, output_tokens: 10 },
    400 + 50 + 125 + 50,
  ],
  [
    'DashScope, that wrote its cache',
    {
      prompt_tokens: 3_000,
      completion_tokens: 1,
      total_tokens: 3_001,
      prompt_tokens_details: { cached_tokens: 0, cache_creation_input_tokens: 2_048 },
    },
    { input_tokens: 952, cache_write_tokens: 2_048, output_tokens: 1 },
    952 + 2_560 + 5,
  ],
  [
    'a proxy in front of Anthropic, that has added its counts to the prompt',
    {
      prompt_tokens: 1_100,
      completion_tokens: 10,
      total_tokens: 1_110,
      cache_read_input_tokens: 900,
      cache_creation_input_tokens: 150,
    },
    { input_tokens: 50, cached_input_tokens: 900, cache_write_tokens: 150, output_tokens: 10 },
    50 + 90 + 188 + 50,
  ],
  [
    'a proxy in front of Anthropic, that has left them beside it',
    {
      prompt_tokens: 50,
      completion_tokens: 10,
      total_tokens: 1_110,
      cache_read_input_tokens: 900,
      cache_creation_input_tokens: 150,
    },
    { input_tokens: 50, cached_input_tokens: 900, cache_write_tokens: 150, output_tokens: 10 },
    50 + 90 + 188 + 50,
  ],
]

const anthropic: Row[] = [
  [
    'Anthropic, from its cache and with thinking',
    {
      input_tokens: 21,
      cache_read_input_tokens: 188_086,
      cache_creation_input_tokens: 0,
      output_tokens: 393,
      output_tokens_details: { thinking_tokens: 100 },
      service_tier: 'standard',
    },
    { input_tokens: 21, cached_input_tokens: 188_086, output_tokens: 293, reasoning_tokens: 100 },
    21 + 18_809 + 1_965,
  ],
  [
    'Anthropic, that wrote both of its caches',
    {
      input_tokens: 10,
      cache_read_input_tokens: 5,
      cache_creation_input_tokens: 556,
      cache_creation: { ephemeral_5m_input_tokens: 456, ephemeral_1h_input_tokens: 100 },
      output_tokens: 1,
    },
    {
      input_tokens: 10,
      cached_input_tokens: 5,
      cache_write_tokens: 456,
      cache_write_1h_tokens: 100,
      output_tokens: 1,
    },
    10 + 1 + 570 + 200 + 5,
  ],
  [
    'Anthropic before it told its caches apart',
    { input_tokens: 10, cache_creation_input_tokens: 456, output_tokens: 1 },
    { input_tokens: 10, cache_write_tokens: 456, output_tokens: 1 },
    10 + 570 + 5,
  ],
]

describe.each([
  ['OpenAI’s shape', openAILike, usageFromOpenAI],
  ['Anthropic’s shape', anthropic, (value: unknown) => usageFromAnthropic(value)],
] as const)('%s', (_, rows, read) => {
  test.each(rows)('%s: each token is counted once, as what it is', (_vendor, reported, usage) => {
    expect(read(reported)).toEqual(usage)
  })

  test.each(rows)('%s: and costs what it costs there', (_vendor, reported, _usage, micros) => {
    expect(priceOf(price, read(reported)!)).toBe(micros)
  })
})

test('a cache that was read is never dearer than one that was missed', () => {
  const missed = usageFromOpenAI({ prompt_tokens: 1_000, completion_tokens: 10, total_tokens: 1_010 })!
  for (const cached of [1, 500, 1_000]) {
    const hit = usageFromOpenAI({
      prompt_tokens: 1_000,
      completion_tokens: 10,
      total_tokens: 1_010,
      prompt_tokens_details: { cached_tokens: cached },
    })!
    expect(priceOf(price, hit)).toBeLessThanOrEqual(priceOf(price, missed))
  }
})

test('a count of nothing is no count: the answer is estimated, never free', () => {
  expect(usageFromOpenAI({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })).toBeNull()
  expect(usageFromAnthropic({ input_tokens: 0, output_tokens: 0 })).toBeNull()
})

test.each([null, 'many', {}, { prompt_tokens: -1 }, { prompt_tokens: '12' }, { input_tokens: null }])(
  'what is no count is not read as one: %j',
  (value) => {
    expect(usageFromOpenAI(value)).toBeNull()
    expect(usageFromAnthropic(value)).toBeNull()
  },
)

test('Anthropic’s second report completes its first', () => {
  const before = usageFromAnthropic({
    input_tokens: 12,
    cache_read_input_tokens: 30,
    cache_creation_input_tokens: 50,
    cache_creation: { ephemeral_5m_input_tokens: 40, ephemeral_1h_input_tokens: 10 },
    output_tokens: 1,
  })
  const whole = {
    input_tokens: 12,
    cached_input_tokens: 30,
    cache_write_tokens: 40,
    cache_write_1h_tokens: 10,
    output_tokens: 9,
  }
  expect(usageFromAnthropic({ output_tokens: 9 }, before)).toEqual(whole)
  expect(usageFromAnthropic({ output_tokens: 9, cache_creation_input_tokens: 50 }, before)).toEqual(whole)
})
