import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { Model } from '../../api/models.ts'
import type { Locale } from '../../i18n/locales.ts'
import { island } from '../../ui/locale-context.tsx'
import { VendorTable } from './vendor-table.tsx'

const words: Model = {
  id: 'openai/gpt-6',
  object: 'model',
  created: 0,
  owned_by: 'openai',
  name: 'GPT-6',
  kind: 'language',
  input_modalities: ['text'],
  output_modalities: ['text'],
  context_window: 1_000,
  max_output_tokens: 100,
  abilities: [],
  price: {
    currency: 'USD',
    unit: 'micros_per_million',
    prices: { input_tokens: 1_000_000 },
    checked_at: '2026-11-22',
    source: 'somewhere',
  },
  sandbox: false,
}

const image = {
  operations: ['generate', 'edit'],
  pricing: {
    unit: 'tokens',
    pictures: [
      { size: '1024x1024', quality: 'low', max_micros: 16_000 },
      { size: '1024x1024', quality: 'high', max_micros: 220_000 },
    ],
  },
} as unknown as NonNullable<Model['image']>

const pictures: Model = { ...words, id: 'openai/gpt-image-2', name: 'GPT Image 2', kind: 'image', image }

const Table = island(VendorTable)
const shown = (models: Model[], locale: Locale) =>
  renderToString(<Table group={{ vendor: 'openai', models }} locale={locale} />)

test('models that make pictures have a table of their own, with what a picture costs', () => {
  const html = shown([words, pictures], 'en')
  expect(html.match(/<table/g)).toHaveLength(2)
  expect(html).toContain('One image')
  expect(html).toContain('$0.016')
  expect(html).toContain('1024 × 1024 · low')
  expect(html).toContain('up to')
  expect(html).toContain('Edit')
  // How much it reads is no fact about who makes pictures.
  expect(html.split('<table')[2]).not.toContain('tokens')
})

test('a vendor of pictures alone has no columns of tokens', () => {
  expect(shown([pictures], 'en')).not.toContain('Cached input')
  expect(shown([words], 'en')).not.toContain('One image')
})

test('it is said in Arabic too', () => {
  const html = shown([pictures], 'ar')
  expect(html).toContain('الصورة الواحدة')
  expect(html).toContain('حتى')
  expect(html).toContain('صورة جديدة')
})

test('what has no price says so, and what is free is free', () => {
  expect(shown([{ ...pictures, price: null }], 'en')).toContain('no price yet')
  const free = {
    ...image,
    pricing: { unit: 'tiles' as const, pictures: [{ size: '1024x1024', quality: null, max_micros: 0 }] },
  }
  expect(shown([{ ...pictures, image: free }], 'en')).toContain('free')
})
