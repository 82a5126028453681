// What Replicate's models call things: each has an input schema of its own, and they run in families.
import { unsupportedParameter } from '#shared/http/problems'
import type { ImageOperation } from '#shared/contracts/model'
import { nearestRatio } from '../kit/aspect-ratio.ts'
import type { ImageSetting } from '../kit/image-settings.ts'
import type { ImageRequest } from '../spec/image-model.ts'

type Input = Record<string, unknown>

export interface Family {
  matches: RegExp
  operations: readonly ImageOperation[]
  knows: readonly ImageSetting[]
  mask?: 'needed'
  /** `pictures`: addresses of the request's own; `mask`: white where the first may change. */
  input: (request: ImageRequest, pictures: string[], mask: string | null) => Input
}

const bananaRatios = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16']
const usualRatios = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16', '9:21']
const plainRatios = ['16:9', '3:2', '4:3', '1:1', '3:4', '2:3', '9:16']

const words = ({ prompt, seed }: ImageRequest): Input => ({ prompt, ...(seed !== undefined && { seed }) })
const ratio = ({ size }: ImageRequest, known: readonly string[]): Input =>
  size ? { aspect_ratio: nearestRatio(size, known) } : {}
const sized = ({ size }: ImageRequest): Input => (size ? { width: size.width, height: size.height } : {})
const counted = ({ count }: ImageRequest, name: string): Input => (count > 1 ? { [name]: count } : {})
const list = (name: string, pictures: string[]): Input => (pictures.length > 0 ? { [name]: pictures } : {})
const first = (name: string, pictures: string[]): Input => (pictures.length > 0 ? { [name]: pictures[0] } : {})
const negative = ({ negativePrompt }: ImageRequest): Input =>
  negativePrompt ? { negative_prompt: negativePrompt } : {}
const png: Input = { output_format: 'png' }

/** A size that is none of their shapes is said in pixels, where a model has a word for that. */
const custom = (request: ImageRequest): Input => (request.size ? { aspect_ratio: 'custom', ...sized(request) } : {})

/** The first that matches is meant: the particular ones come before the general. */
export const families: readonly Family[] = [
  {
    matches: /flux-fill/,
    operations: ['edit'],
    knows: ['seed'],
    mask: 'needed',
    input: (request, pictures, mask) => ({
      ...words(request),
      ...first('image', pictures),
      ...(mask !== null && { mask }),
      ...png,
    }),
  },
  {
    matches: /flux-kontext/,
    operations: ['edit'],
    knows: ['seed', 'size'],
    input: (request, pictures) => ({
      ...words(request),
      ...ratio(request, usualRatios),
      ...first('input_image', pictures),
      ...png,
    }),
  },
  {
    matches: /flux-2/,
    operations: ['generate', 'edit'],
    knows: ['seed', 'size'],
    input: (request, pictures) => ({
      ...words(request),
      ...custom(request),
      ...list('input_images', pictures),
      ...png,
    }),
  },
  {
    matches: /flux-(1\.1-)?pro/,
    operations: ['generate', 'variation'],
    knows: ['seed', 'size'],
    input: (request, pictures) => ({
      ...words(request),
      ...custom(request),
      ...first('image_prompt', pictures),
      ...png,
    }),
  },
  {
    matches: /flux/,
    operations: ['generate', 'edit'],
    knows: ['seed', 'size'],
    input: (request, pictures) => ({
      ...words(request),
      ...ratio(request, usualRatios),
      ...counted(request, 'num_outputs'),
      ...first('image', pictures),
      ...png,
    }),
  },
  {
    matches: /nano-banana/,
    operations: ['generate', 'edit'],
    knows: ['size', 'quality'],
    input: (request, pictures) => ({
      prompt: request.prompt,
      ...ratio(request, bananaRatios),
      ...(request.quality && { resolution: request.quality }),
      ...list('image_input', pictures),
      ...png,
    }),
  },
  {
    matches: /seedream/,
    operations: ['generate', 'edit'],
    knows: ['size', 'quality'],
    input: (request, pictures) => ({
      prompt: request.prompt,
      ...(request.size && { size: 'custom', ...sized(request) }),
      ...(!request.size && request.quality && { size: request.quality }),
      ...list('image_input', pictures),
      ...(request.count > 1 && { max_images: request.count, sequential_image_generation: 'auto' }),
    }),
  },
  {
    matches: /qwen-image/,
    operations: ['generate', 'edit'],
    knows: ['seed', 'size', 'negativePrompt'],
    input: (request, pictures) => ({
      ...words(request),
      ...negative(request),
      ...ratio(request, plainRatios),
      ...first('image', pictures),
      ...png,
    }),
  },
  {
    matches: /ideogram/,
    operations: ['generate', 'variation'],
    knows: ['seed', 'size'],
    input: (request, pictures) => ({
      ...words(request),
      ...ratio(request, plainRatios),
      ...list('style_reference_images', pictures),
    }),
  },
  {
    matches: /upscal|esrgan/,
    operations: ['upscale'],
    knows: [],
    input: ({ scale = 2 }, pictures) => ({
      ...first('image', pictures),
      scale,
      scale_factor: scale,
      upscale_factor: `${scale}x`,
    }),
  },
  {
    matches: /remove-bg|background|rembg|birefnet/,
    operations: ['remove-background'],
    knows: ['background'],
    input: (_, pictures) => first('image', pictures),
  },
  {
    matches: /^/,
    operations: ['generate', 'edit'],
    knows: ['seed', 'size', 'negativePrompt'],
    input: (request, pictures) => ({
      ...words(request),
      ...negative(request),
      ...sized(request),
      ...counted(request, 'num_outputs'),
      ...first('image', pictures),
    }),
  },
]

export function familyOf(modelId: string, operation: ImageOperation): Family {
  const family = families.find(({ matches }) => matches.test(modelId))!
  if (family.operations.includes(operation)) return family
  throw unsupportedParameter('operation', `This model cannot do that (${operation}). Choose another one for it.`)
}
