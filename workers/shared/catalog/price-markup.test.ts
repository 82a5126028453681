import { expect, test } from 'vitest'
import type { CatalogModel } from '../contracts/model.ts'
import { createEmbeddingModels } from '../providers/embedding-models.ts'
import { createLanguageModels } from '../providers/language-models.ts'
import { createModerationModels } from '../providers/moderation-models.ts'
import { createOwnKeys } from '../providers/own-keys.ts'
import { freePrice } from '../lib/money.ts'
import { catalog } from './models.ts'
import { createSeller, readMarkup } from './price-markup.ts'

const fetch: typeof globalThis.fetch = () => Promise.reject(new Error('nothing may be fetched'))
const model = catalog.find(({ id }) => id === 'openai/gpt-6-luna')!
const priceOfOne = (micros: number): CatalogModel => ({ ...model, price: { prices: { input_tokens: micros } } })
const sold = (micros: number, PRICE_MARKUP_PERCENT: string) =>
  createSeller({ PRICE_MARKUP_PERCENT }).sell(priceOfOne(micros)).price!.prices.input_tokens

test.each([
  ['20', 2_000],
  [' 12.5 ', 1_250],
  ['+7', 700],
  ['0.07', 7],
  ['0.29', 29],
  ['-100', -10_000],
  ['10000', 1_000_000],
  ['-0', 0],
  ['', 0],
  [undefined, 0],
])('%s is read', (text, basisPoints) => {
  expect(readMarkup(text)).toEqual({ basisPoints, fault: null })
})

test.each(['-100.01', '10000.01', '1.234', '20%', 'ten', '1e2', '١٠', '0x10', 'NaN', '--1', '.5'])(
  '%s is no markup: everything is sold at its list price, and the operator is told',
  (text) => {
    expect(readMarkup(text)).toEqual({ basisPoints: 0, fault: expect.stringContaining('PRICE_MARKUP_PERCENT') })
    const settings = { OPENAI_API_KEY: 'sk', PRICE_MARKUP_PERCENT: text }
    const models = createLanguageModels({ settings, fetch })
    expect(models.faults).toEqual([expect.stringContaining('PRICE_MARKUP_PERCENT')])
    expect(models.resolve(model.id).model.price).toEqual(model.price)
  },
)

test('each price is rounded up to a whole number, and none is ever below nothing', () => {
  expect(sold(100, '20')).toBe(120)
  expect(sold(3, '10')).toBe(4)
  expect(sold(1, '0.01')).toBe(2)
  expect(sold(3, '-50')).toBe(2)
  expect(sold(1_000_000, '-100')).toBe(0)
  expect(sold(0, '10000')).toBe(0)
  expect(sold(1_000_000_000_000, '10000'), 'beyond what plain numbers multiply exactly').toBe(101_000_000_000_000)
})

test('dearer tiers are marked up like the rest, and the list price is kept beside', () => {
  const tiered: CatalogModel = {
    ...model,
    price: { prices: { input_tokens: 100 }, tiers: [{ inputTokensAbove: 5, prices: { input_tokens: 200 } }] },
  }
  const { price, listPrice } = createSeller({ PRICE_MARKUP_PERCENT: '50' }).sell(tiered)
  expect(price).toEqual({
    prices: { input_tokens: 150 },
    tiers: [{ inputTokensAbove: 5, prices: { input_tokens: 300 } }],
  })
  expect(listPrice).toEqual(tiered.price)
})

test('without a markup a model is what it was, and one without a price stays without', () => {
  expect(createSeller({}).sell(model)).toBe(model)
  const unpriced = { ...model, price: null }
  expect(createSeller({ PRICE_MARKUP_PERCENT: '50' }).sell(unpriced)).toBe(unpriced)
})

const settings = {
  OPENAI_API_KEY: 'sk',
  PRICE_MARKUP_PERCENT: '25',
  COMPATIBLE_BASE_URL: 'http://localhost:1',
  COMPATIBLE_MODELS: JSON.stringify([
    { id: 'mine', input: 1, output: 2, cached_input: 1, context: 1_000, max_output: 100 },
    { id: 'vectors', kind: 'embedding', input: 0.4, context: 1_000 },
    { id: 'unpriced', input: 1 },
  ]),
}

test('every kind of model is sold at the markup, the operator’s own server’s too', () => {
  const language = createLanguageModels({ settings, fetch })
  expect(language.resolve('compatible/mine').model).toMatchObject({
    price: { prices: { input_tokens: 1_250_000, output_tokens: 2_500_000 } },
    listPrice: { prices: { input_tokens: 1_000_000, output_tokens: 2_000_000 } },
  })
  for (const { price, id } of language.list())
    for (const [unit, micros] of Object.entries(price!.prices))
      expect(Number.isSafeInteger(micros) && micros >= 0, `${id} ${unit}`).toBe(true)
  expect(language.resolve('riwaq/sandbox-guide').model.listPrice).toEqual(freePrice)
  expect(() => language.resolve('compatible/unpriced')).toThrow(/no price/)
  const embeddings = createEmbeddingModels({ settings, fetch })
  expect(embeddings.resolve('compatible/vectors').model.price).toEqual({ prices: { input_tokens: 500_000 } })
  const moderations = createModerationModels({ settings, fetch })
  expect(moderations.resolve(null).model.price).toEqual({ prices: { input_tokens: 0 } })
})

test('who brings a vendor’s key of their own pays nothing, whatever the markup', () => {
  const own = createOwnKeys({ providerKeys: [{ vendor: 'openai', keyId: 'pky_1', apiKey: 'sk-own' }], fetch })
  const { model: theirs } = createLanguageModels({ settings, own, fetch }).resolve(model.id)
  expect(theirs).toMatchObject({ price: freePrice, listPrice: freePrice })
})
