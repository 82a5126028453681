// What a unit test of this service is built from: an app with an in-memory ledger and models made of fakes.
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { CatalogModel } from '#shared/contracts/model'
import type { Principal } from '#shared/contracts/principal'
import { createServiceApp } from '#shared/http/create-service-app'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import type { InMemoryLedgerSeed } from '#shared/metering/in-memory-ledger-types'
import type { LanguageEvent, LanguageModel, LanguageRequest } from '#shared/providers/spec/language-model'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'

export const fakeCatalogModel: CatalogModel = {
  id: 'fake/words',
  vendor: 'compatible',
  upstream: 'words',
  name: 'Words',
  contextTokens: 8_000,
  maxOutputTokens: 1_000,
  abilities: ['vision', 'tools', 'parallel-tools', 'json', 'json-schema', 'reasoning', 'effort', 'stop', 'temperature', 'top-k', 'penalties', 'seed'],
  price: { prices: { input_tokens: 1_000_000, cached_input_tokens: 500_000, cache_write_tokens: 1_250_000, output_tokens: 2_000_000, reasoning_tokens: 2_000_000 } },
  priceSource: 'the test',
  priceCheckedAt: '2026-01-01',
}
