// Models that judge what is said. They are free at OpenAI, and so is ours; the calls count against every other limit.
import type { CatalogModel } from '../contracts/model.ts'

const free = {
  kind: 'moderation',
  maxOutputTokens: 0,
  abilities: [],
  price: { prices: { input_tokens: 0 } },
  priceCheckedAt: '2026-11-22',
} as const satisfies Partial<CatalogModel>

const openai = {
  ...free,
  vendor: 'openai',
  contextTokens: 32_768,
  priceSource: 'https://platform.openai.com/docs/guides/moderation',
} as const satisfies Partial<CatalogModel>

export const moderationModels: readonly CatalogModel[] = [
  {
    ...openai,
    id: 'openai/omni-moderation-latest',
    upstream: 'omni-moderation-latest',
    name: 'Omni moderation',
    abilities: ['vision'],
  },
  {
    ...openai,
    id: 'openai/omni-moderation-2024-09-26',
    upstream: 'omni-moderation-2024-09-26',
    name: 'Omni moderation (2024-09-26)',
    abilities: ['vision'],
  },
  {
    ...free,
    id: 'riwaq/sandbox-moderation',
    vendor: 'riwaq',
    upstream: 'sandbox-moderation',
    name: 'Sandbox moderation',
    contextTokens: 256_000,
    priceSource: 'set by Riwaq',
  },
]
