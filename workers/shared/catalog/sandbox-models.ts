// The platform's own offline vendor, priced so that a newcomer sees metering work.
import type { CatalogModel } from '../contracts/model.ts'
import { freePrice } from '../lib/money.ts'

const shared = {
  vendor: 'riwaq',
  contextTokens: 32_000,
  maxOutputTokens: 2_000,
  abilities: ['stop'],
  price: {
    prices: {
      input_tokens: 100_000,
      cached_input_tokens: 100_000,
      cache_write_tokens: 100_000,
      output_tokens: 400_000,
      reasoning_tokens: 400_000,
    },
  },
  // It runs in the Worker itself: nobody is paid for it.
  listPrice: freePrice,
  priceSource: 'set by Riwaq',
  priceCheckedAt: '2026-11-22',
} as const satisfies Partial<CatalogModel>

export const sandboxModels: readonly CatalogModel[] = [
  { ...shared, id: 'riwaq/sandbox-guide', upstream: 'sandbox-guide', name: 'Sandbox guide' },
  { ...shared, id: 'riwaq/sandbox-slow-guide', upstream: 'sandbox-slow-guide', name: 'Sandbox guide, unhurried' },
]
