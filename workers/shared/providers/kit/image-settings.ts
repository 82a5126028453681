// Which settings of a request a model's own API has a word for. The others are left out and said, never silently dropped.
import type { ImageTraits } from '#shared/contracts/model'
import type { ImageRequest } from '../spec/image-model.ts'
import type { Warning } from '../spec/language-model.ts'

/** By their names in ImageRequest → what callers call them. */
const names = {
  negativePrompt: 'negative_prompt',
  size: 'size',
  quality: 'quality',
  background: 'background',
  seed: 'seed',
  mask: 'mask',
  inputFidelity: 'input_fidelity',
} as const

export type ImageSetting = keyof typeof names

const isAsked = (request: ImageRequest, setting: ImageSetting): boolean =>
  setting === 'background' ? request.background === 'transparent' : request[setting] !== undefined

const isIn = (traits: ImageTraits, request: ImageRequest, setting: ImageSetting): boolean => {
  if (setting === 'quality') return request.quality !== undefined && traits.qualities.includes(request.quality)
  if (setting === 'seed') return traits.seed
  if (setting === 'negativePrompt') return traits.negativePrompt
  return true
}

export function keepKnown(
  request: ImageRequest,
  { known, traits }: { known: readonly ImageSetting[]; traits: ImageTraits },
): { request: ImageRequest; warnings: Warning[] } {
  const left = { ...request }
  const warnings: Warning[] = []
  for (const setting of Object.keys(names) as ImageSetting[]) {
    if (!isAsked(request, setting) || (known.includes(setting) && isIn(traits, request, setting))) continue
    delete left[setting]
    warnings.push({ parameter: names[setting], message: 'This model has no such setting; it was left out.' })
  }
  return { request: left, warnings }
}
