import type { Model } from '../../api/models.ts'

export interface PicturePrice {
  micros: number
  /** The vendor counts tokens, so a picture may cost less. */
  upTo: boolean
  size: string
  quality: string | null
}

/** As people write sizes. */
const written = (size: string): string => size.replace('x', ' × ')

/** What a picture of a usual size costs, for each quality; the same price is said once. Empty where there is none. */
export function picturePrices({ price, image }: Pick<Model, 'price' | 'image'>): PicturePrice[] {
  if (!price || !image) return []
  const { unit, pictures } = image.pricing
  const all = pictures.map(({ size, quality, max_micros: micros }) => ({
    micros,
    upTo: unit === 'tokens' && micros > 0,
    size: written(size),
    quality,
  }))
  const [first] = all
  if (first && all.every(({ micros }) => micros === first.micros)) return [{ ...first, quality: null }]
  return all
}
