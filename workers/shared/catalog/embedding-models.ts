// Models that turn texts into vectors. What they cost is generated; what no price list says is here, from the vendors'
// own pages. A model that is in one of the two alone is not offered.
import type { CatalogModel, EmbeddingTraits, VendorId } from '../contracts/model.ts'
import { freePrice } from '../lib/money.ts'
import { furtherPrices } from './further-prices.ts'

interface Facts {
  vendor: VendorId
  upstream: string
  name: string
  contextTokens: number
  embedding: EmbeddingTraits
}

const openai = { shortens: true, maxInputs: 2_048, takesTokens: true }
const google = { shortens: true, maxInputs: 100, takesTokens: false }
const workersAi = { shortens: false, maxInputs: 100, takesTokens: false }

const facts: Facts[] = [
  {
    vendor: 'openai',
    upstream: 'text-embedding-3-small',
    name: 'Text Embedding 3 small',
    contextTokens: 8_191,
    embedding: { ...openai, dimensions: 1_536 },
  },
  {
    vendor: 'openai',
    upstream: 'text-embedding-3-large',
    name: 'Text Embedding 3 large',
    contextTokens: 8_191,
    embedding: { ...openai, dimensions: 3_072 },
  },
  {
    vendor: 'openai',
    upstream: 'text-embedding-ada-002',
    name: 'Text Embedding Ada 002',
    contextTokens: 8_191,
    embedding: { ...openai, dimensions: 1_536, shortens: false },
  },
  {
    vendor: 'google',
    upstream: 'gemini-embedding-2',
    name: 'Gemini Embedding 2',
    contextTokens: 8_192,
    embedding: { ...google, dimensions: 3_072 },
  },
  {
    vendor: 'google',
    upstream: 'gemini-embedding-001',
    name: 'Gemini Embedding 001',
    contextTokens: 2_048,
    embedding: { ...google, dimensions: 3_072 },
  },
  {
    vendor: 'mistral',
    upstream: 'mistral-embed',
    name: 'Mistral Embed',
    contextTokens: 8_192,
    embedding: { dimensions: 1_024, shortens: false, maxInputs: 256, takesTokens: false },
  },
  {
    vendor: 'workers-ai',
    upstream: '@cf/baai/bge-m3',
    name: 'BGE M3',
    contextTokens: 8_192,
    embedding: { ...workersAi, dimensions: 1_024 },
  },
  {
    vendor: 'workers-ai',
    upstream: '@cf/baai/bge-large-en-v1.5',
    name: 'BGE Large (English)',
    contextTokens: 512,
    embedding: { ...workersAi, dimensions: 1_024 },
  },
  {
    vendor: 'workers-ai',
    upstream: '@cf/baai/bge-base-en-v1.5',
    name: 'BGE Base (English)',
    contextTokens: 512,
    embedding: { ...workersAi, dimensions: 768 },
  },
  {
    vendor: 'workers-ai',
    upstream: '@cf/baai/bge-small-en-v1.5',
    name: 'BGE Small (English)',
    contextTokens: 512,
    embedding: { ...workersAi, dimensions: 384 },
  },
]

const sandbox: CatalogModel = {
  id: 'riwaq/sandbox-embedding',
  kind: 'embedding',
  vendor: 'riwaq',
  upstream: 'sandbox-embedding',
  name: 'Sandbox embedding',
  contextTokens: 8_192,
  maxOutputTokens: 0,
  abilities: [],
  embedding: { dimensions: 512, shortens: true, maxInputs: 2_048, takesTokens: false },
  price: { prices: { input_tokens: 20_000 } },
  listPrice: freePrice,
  priceSource: 'set by Riwaq',
  priceCheckedAt: '2026-11-22',
}

export const embeddingModels: readonly CatalogModel[] = [
  ...facts.flatMap(({ vendor, upstream, name, contextTokens, embedding }): CatalogModel[] => {
    const id = `${vendor}/${upstream}`
    const price = furtherPrices.embeddings[id]
    if (!price) return []
    return [
      {
        id,
        kind: 'embedding',
        vendor,
        upstream,
        name,
        contextTokens,
        maxOutputTokens: 0,
        abilities: [],
        embedding,
        price: { prices: { input_tokens: price.input } },
        priceSource: furtherPrices.source,
        priceCheckedAt: furtherPrices.checkedAt,
      },
    ]
  }),
  sandbox,
]
