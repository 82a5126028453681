// What fal's models call things. Each has an input schema of its own (https://fal.ai/models/<id>/llms.txt), and they run in families.
import { unsupportedParameter } from '#shared/http/problems'
import type { ImageOperation } from '#shared/contracts/model'
import { nearestRatio } from '../kit/aspect-ratio.ts'
import { toDataUrl } from '../kit/data-url.ts'
import type { ImageSetting } from '../kit/image-settings.ts'
import type { ImageRequest } from '../spec/image-model.ts'

type Body = Record<string, unknown>

export interface Family {
  /** Begins one of its models' names. */
  matches: RegExp
  /** After the model's name, for each operation that it knows. */
  paths: Partial<Record<ImageOperation, string>>
  /** Settings that are sent. */
  knows: readonly ImageSetting[]
  mask?: 'needed'
  /** `mask`: its address, white where the picture may change. */
  body: (request: ImageRequest, mask: string | null) => Body
}

const imagesOf = ({ images = [] }: ImageRequest): string[] => images.map(toDataUrl)

const common = ({ prompt, count, seed }: ImageRequest): Body => ({
  prompt,
  ...(count > 1 && { num_images: count }),
  ...(seed !== undefined && { seed }),
})

const sized = ({ size }: ImageRequest): Body => (size ? { image_size: { width: size.width, height: size.height } } : {})
const negative = ({ negativePrompt }: ImageRequest): Body => (negativePrompt ? { negative_prompt: negativePrompt } : {})
const many = (request: ImageRequest): Body => (request.images?.length ? { image_urls: imagesOf(request) } : {})
const one = (request: ImageRequest): Body => (request.images?.length ? { image_url: imagesOf(request)[0] } : {})
/** Most know these two alone; what is wanted otherwise is re-encoded from the one that loses nothing. */
const png: Body = { output_format: 'png' }

const bananaRatios = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16']
const ultraRatios = ['21:9', '16:9', '4:3', '3:2', '1:1', '2:3', '3:4', '9:16', '9:21']

const ratio = ({ size }: ImageRequest, known: readonly string[]): Body =>
  size ? { aspect_ratio: nearestRatio(size, known) } : {}

/** Their steps are of the longer side. A size that was asked for says which one is enough. */
function resolution({ quality, size }: ImageRequest): Body {
  if (quality) return { resolution: quality }
  if (!size) return {}
  const longest = Math.max(size.width, size.height)
  return { resolution: longest <= 1_536 ? '1K' : longest <= 3_072 ? '2K' : '4K' }
}

function grown({ extend, images }: ImageRequest): Body {
  const [picture] = images ?? []
  if (!extend || !picture) return {}
  return {
    image_size: {
      width: picture.width + extend.left + extend.right,
      height: picture.height + extend.top + extend.bottom,
    },
  }
}

/** The first that matches is meant: the particular ones come before the general. */
export const families: readonly Family[] = [
  {
    matches: /flux-pro\/v1\/fill/,
    paths: { edit: '' },
    knows: ['seed'],
    mask: 'needed',
    body: (request, mask) => ({
      ...common(request),
      ...one(request),
      ...(mask !== null && { mask_url: mask }),
      ...png,
    }),
  },
  {
    matches: /flux-pro\/kontext/,
    paths: { generate: '/text-to-image', edit: '' },
    knows: ['seed', 'size'],
    body: (request) => ({ ...common(request), ...ratio(request, ultraRatios), ...one(request), ...png }),
  },
  {
    matches: /flux-pro\/v1\.1-ultra/,
    paths: { generate: '', variation: '/redux' },
    knows: ['seed', 'size'],
    body: (request) => ({ ...common(request), ...ratio(request, ultraRatios), ...one(request), ...png }),
  },
  {
    matches: /flux-2/,
    paths: { generate: '', edit: '/edit' },
    knows: ['seed', 'size'],
    body: (request) => ({ ...common(request), ...sized(request), ...many(request), ...png }),
  },
  {
    matches: /flux/,
    paths: { generate: '', edit: '/image-to-image', variation: '/redux' },
    knows: ['seed', 'size'],
    body: (request) => ({ ...common(request), ...sized(request), ...one(request), ...png }),
  },
  {
    matches: /nano-banana(-2|-pro)/,
    paths: { generate: '', edit: '/edit' },
    knows: ['seed', 'size', 'quality'],
    body: (request) => ({
      ...common(request),
      ...ratio(request, bananaRatios),
      ...resolution(request),
      ...many(request),
      ...png,
    }),
  },
  {
    matches: /nano-banana/,
    paths: { generate: '', edit: '/edit' },
    knows: ['size'],
    body: (request) => ({
      ...common(request),
      ...ratio(request, bananaRatios),
      ...many(request),
      ...png,
    }),
  },
  {
    matches: /seedream/,
    paths: { generate: '/text-to-image', edit: '/edit' },
    knows: ['seed', 'size'],
    body: (request) => ({ ...common(request), ...sized(request), ...many(request) }),
  },
  {
    matches: /qwen-image-edit/,
    paths: { edit: '' },
    knows: ['seed', 'size', 'negativePrompt'],
    body: (request) => ({ ...common(request), ...negative(request), ...sized(request), ...many(request), ...png }),
  },
  {
    matches: /qwen-image-(2$|2\/|max)/,
    paths: { generate: '/text-to-image', edit: '/edit' },
    knows: ['seed', 'size', 'negativePrompt'],
    body: (request) => ({ ...common(request), ...negative(request), ...sized(request), ...many(request), ...png }),
  },
  {
    matches: /qwen-image/,
    paths: { generate: '', edit: '/image-to-image' },
    knows: ['seed', 'size', 'negativePrompt'],
    body: (request) => ({ ...common(request), ...negative(request), ...sized(request), ...one(request), ...png }),
  },
  {
    matches: /ideogram\/upscale/,
    paths: { upscale: '' },
    knows: ['seed'],
    body: (request) => ({ ...common(request), ...one(request) }),
  },
  {
    // Its `edit` cannot do without a mask; `remix` changes all of a picture.
    matches: /ideogram/,
    paths: { generate: '', edit: '/remix', variation: '/remix', outpaint: '/reframe' },
    knows: ['seed', 'size', 'quality', 'negativePrompt'],
    body: (request) => ({
      ...common(request),
      ...(request.operation === 'outpaint' ? grown(request) : { ...negative(request), ...sized(request) }),
      ...(request.quality && { rendering_speed: request.quality.toUpperCase() }),
      ...one(request),
    }),
  },
  {
    matches: /birefnet|rembg|background\/remove|background-removal/,
    paths: { 'remove-background': '' },
    knows: ['background'],
    body: (request) => ({ ...one(request), ...png }),
  },
  {
    matches: /esrgan/,
    paths: { upscale: '' },
    knows: [],
    body: (request) => ({ ...one(request), scale: request.scale ?? 2, ...png }),
  },
  {
    matches: /upscal/,
    paths: { upscale: '' },
    knows: ['seed', 'negativePrompt'],
    body: (request) => ({
      ...one(request),
      upscale_factor: request.scale ?? 2,
      ...(request.prompt && { prompt: request.prompt }),
      ...negative(request),
      ...(request.seed !== undefined && { seed: request.seed }),
    }),
  },
  {
    // Whatever else there is: what nearly all of them understand.
    matches: /^/,
    paths: { generate: '', edit: '' },
    knows: ['seed', 'size'],
    body: (request) => ({ ...common(request), ...sized(request), ...many(request) }),
  },
]

const KNOWN_PATH = /\/(text-to-image|image-to-image|edit|remix|reframe|redux)$/

/** Where an operation of a model is asked for. A model may be named with its path (`…/text-to-image`) or without. */
export function endpointOf(modelId: string, operation: ImageOperation): { endpoint: string; family: Family } {
  const family = families.find(({ matches }) => matches.test(modelId))!
  const path = family.paths[operation]
  if (path === undefined)
    throw unsupportedParameter('operation', `This model cannot do that (${operation}). Choose another one for it.`)
  const hasOwnPath = Object.values(family.paths).some((other) => other !== '' && modelId.endsWith(other))
  return { endpoint: (hasOwnPath ? modelId.replace(KNOWN_PATH, '') : modelId) + path, family }
}
