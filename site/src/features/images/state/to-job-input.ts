// The draft as the platform is asked: without what its model cannot do, and with the reasons why it cannot be asked yet.
import type { ImageJobInput, ImageModelInfo } from '#shared/contracts/images'
import { readCount } from '../../../ui/read-count.ts'
import { readSize } from './aspect.ts'
import { needsWords, noExtension, operationOf, takesPrompt, takesSize } from './draft.ts'
import type { Draft } from './draft.ts'
import { lacksOf, operationLack } from './lacks.ts'
import { sizeFault } from './sizes.ts'

export const MAX_SEED = 4_294_967_295

/** Why nothing can be made yet, the one to be put right first at first. */
export const faults = [
  'model',
  'operation',
  'prompt',
  'prompt-long',
  'pictures',
  'uploading',
  'size',
  'extension',
  'seed',
  'compression',
] as const
export type Fault = (typeof faults)[number]

export interface Asking {
  input: ImageJobInput | null
  faults: Fault[]
}

export function toJobInput(draft: Draft, model: ImageModelInfo | null, uploading = false): Asking {
  if (!model) return { input: null, faults: ['model'] }
  const operation = operationOf(draft)
  const lacks = lacksOf(model, operation)
  const prompt = takesPrompt(operation) ? draft.prompt.trim() : ''
  const seed = lacks.seed ? null : readCount(draft.seed, { least: 0, most: MAX_SEED })
  const compression = draft.format === 'png' ? null : readCount(draft.compression, { least: 0, most: 100 })
  const size = readSize(draft.size)
  const found: Record<Fault, boolean> = {
    model: false,
    operation: operationLack(model, operation) !== null,
    prompt: needsWords(operation) && prompt === '',
    'prompt-long': prompt.length > model.max_prompt_characters,
    pictures: draft.pictures.length > Math.max(0, model.max_input_images),
    uploading,
    size:
      takesSize(operation) && size !== null && model.sizes.kind === 'range' && sizeFault(model.sizes, size) !== null,
    extension: operation === 'outpaint' && Object.values(draft.extension).every((side) => side === 0),
    seed: seed === 'invalid',
    compression: compression === 'invalid',
  }
  const wrong = faults.filter((fault) => found[fault])
  if (seed === 'invalid' || compression === 'invalid') return { input: null, faults: wrong }
  return {
    faults: wrong,
    input: {
      operation,
      model: model.id,
      prompt,
      original_prompt: prompt === '' ? null : draft.original,
      negative_prompt: lacks.negative || !takesPrompt(operation) ? null : draft.negative.trim() || null,
      count: Math.min(draft.count, model.max_images),
      size: takesSize(operation) ? draft.size : 'auto',
      quality: draft.quality !== null && model.qualities.includes(draft.quality) ? draft.quality : null,
      style: takesPrompt(operation) ? draft.style : null,
      background: backgroundOf(draft, lacks.transparency !== null),
      format: draft.format,
      compression,
      seed,
      item_ids: operation === 'generate' ? [] : draft.pictures.map(({ id }) => id),
      mask: operation === 'edit' && !lacks.mask ? draft.mask : null,
      extend: operation === 'outpaint' ? draft.extension : null,
      scale: operation === 'upscale' ? draft.scale : null,
      translate: draft.translate,
    },
  }
}

/** JPEG has no transparency. */
function backgroundOf(draft: Draft, lacking: boolean): ImageJobInput['background'] {
  if (draft.background === 'transparent' && (lacking || draft.format === 'jpeg')) return 'auto'
  return draft.background === 'auto' ? null : draft.background
}

/** What an answer would cost depends on all of this, but not on what exactly is painted. */
export const toEstimateInput = (input: ImageJobInput): ImageJobInput => ({
  ...input,
  mask: null,
  prompt: input.prompt || '…',
  extend:
    input.operation === 'outpaint' && input.extend && isEmpty(input.extend)
      ? { ...noExtension, right: 256 }
      : input.extend,
})

const isEmpty = (extend: NonNullable<ImageJobInput['extend']>): boolean =>
  Object.values(extend).every((side) => side === 0)
