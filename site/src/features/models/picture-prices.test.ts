import { expect, test } from 'vitest'
import type { Model } from '../../api/models.ts'
import { picturePrices } from './picture-prices.ts'

type Image = NonNullable<Model['image']>
type Picture = Image['pricing']['pictures'][number]

const price: Model['price'] = {
  currency: 'USD',
  unit: 'micros_per_million',
  prices: {},
  checked_at: '2026-11-22',
  source: 'somewhere',
}

const pictures = (unit: Image['pricing']['unit'], list: Picture[]) =>
  picturePrices({ price, image: { pricing: { unit, pictures: list } } as Image })

const one = (quality: string | null, micros: number): Picture => ({ size: '1024x1024', quality, max_micros: micros })

test('each quality has its price', () => {
  expect(pictures('images', [one('low', 10), one('high', 20)])).toEqual([
    { micros: 10, upTo: false, size: '1024 × 1024', quality: 'low' },
    { micros: 20, upTo: false, size: '1024 × 1024', quality: 'high' },
  ])
})

test('one price for all is said once', () => {
  expect(pictures('images', [one('standard', 2_000), one('fine', 2_000)])).toEqual([
    { micros: 2_000, upTo: false, size: '1024 × 1024', quality: null },
  ])
})

test('what is counted in tokens costs that much at the most; what is free is free', () => {
  expect(pictures('tokens', [one(null, 500)])).toMatchObject([{ upTo: true }])
  expect(pictures('tokens', [one(null, 0)])).toMatchObject([{ upTo: false, micros: 0 }])
})

test('without a price there is nothing to say', () => {
  expect(picturePrices({ price: null, image: undefined })).toEqual([])
})
