// What a model cannot do, and why a control is grey: known from its traits, before anything is asked.
import type { ImageModelInfo } from '#shared/contracts/images'
import type { ImageOperation } from '#shared/contracts/model'
import type { Key } from '../../../i18n/locales.ts'

/** A reason in the reader's language. */
export interface Lack {
  key: Key
  values?: Record<string, string | number>
}

export interface Lacks {
  negative: Lack | null
  seed: Lack | null
  transparency: Lack | null
  quality: Lack | null
  mask: Lack | null
  count: Lack | null
  pictures: Lack | null
  size: Lack | null
}

const when = (lacking: boolean, key: Key, values?: Lack['values']): Lack | null =>
  lacking ? { key, ...(values && { values }) } : null

/** Operations whose result is as large as its picture says. */
const sizesItself: readonly ImageOperation[] = ['outpaint', 'upscale', 'remove-background']

export function lacksOf(model: ImageModelInfo, operation: ImageOperation): Lacks {
  return {
    negative: when(!model.negative_prompt, 'images.lack-negative'),
    seed: when(!model.seed, 'images.lack-seed'),
    transparency: when(!model.transparency, 'images.lack-transparency'),
    quality: when(model.qualities.length === 0, 'images.lack-quality'),
    mask: when(!model.mask, 'images.lack-mask'),
    count: when(model.max_images < 2, 'images.lack-count'),
    pictures: when(model.max_input_images === 0, 'images.lack-pictures'),
    size: when(sizesItself.includes(operation), 'images.lack-size'),
  }
}

export const operationLack = (model: ImageModelInfo, operation: ImageOperation): Lack | null =>
  when(!model.operations.includes(operation), 'images.lack-operation')

/** The model to go on with where the chosen one cannot: the first that can, the sandbox last. */
export function modelFor(models: readonly ImageModelInfo[], operation: ImageOperation): ImageModelInfo | null {
  const able = models.filter(({ operations }) => operations.includes(operation))
  return able.find(({ sandbox }) => !sandbox) ?? able[0] ?? null
}
