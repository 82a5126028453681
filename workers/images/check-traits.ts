// What a model cannot do is said before anything is held, and with what it can do instead.
import type { CatalogModel, ImageOperation, ImageTraits } from '#shared/contracts/model'
import { invalidRequest, Problem, unsupportedParameter } from '#shared/http/problems'
import type { InputPicture } from '#shared/providers/spec/image-model'
import { followsInput, isWordless } from './image-job.ts'
import { defaultSize, describeSizes, fits, readSize, type Size } from './read-size.ts'

export type ImageCatalogModel = CatalogModel & { image: ImageTraits }

/** What the caller calls things: the two entrances do not call them the same. */
export interface ParameterNames {
  operation: string
  count: string
  pictures: string
  style: string
}

export const apiNames: ParameterNames = {
  operation: 'model',
  count: 'n',
  pictures: 'image',
  style: 'style_preset',
}
export const pageNames: ParameterNames = {
  operation: 'operation',
  count: 'count',
  pictures: 'item_ids',
  style: 'style',
}

/** As it was asked, before it is what a provider is asked. */
export interface AskedPicture {
  operation: ImageOperation
  prompt: string
  negativePrompt: string | null
  count: number
  size: string | null
  quality: string | null
  background: 'transparent' | 'opaque' | 'auto' | null
  format: 'png' | 'jpeg' | 'webp'
  seed: number | null
  images: readonly InputPicture[]
  mask: InputPicture | null
  extend: { top: number; bottom: number; left: number; right: number } | null
  scale: 2 | 4 | null
}

interface Subject {
  asked: AskedPicture
  model: ImageCatalogModel
  names: ParameterNames
}

const operationNames: Record<ImageOperation, string> = {
  generate: 'make pictures from words',
  edit: 'edit pictures',
  variation: 'make variations of a picture',
  outpaint: 'extend a picture beyond its edges',
  upscale: 'make a picture larger',
  'remove-background': 'remove a background',
}

function checkOperation({ asked: { operation }, model, names }: Subject): void {
  const { operations } = model.image
  if (operations.includes(operation)) return
  throw unsupportedParameter(
    names.operation,
    `${model.id} cannot ${operationNames[operation]}; it can ${operations.map((each) => operationNames[each]).join(', ')}.`,
  )
}

function checkWords({ asked, model }: Subject): void {
  const { prompt, negativePrompt, operation } = asked
  const { maxPromptCharacters: most, negativePrompt: takesNegative } = model.image
  if (prompt === '' && !isWordless(operation)) throw invalidRequest('prompt: must say what is to be seen', 'prompt')
  const long = Array.from(prompt).length
  if (long > most)
    throw new Problem(
      'context_length_exceeded',
      `The prompt has ${long} characters; ${model.id} reads at most ${most}.`,
      { param: 'prompt', facts: { characters: long, max_characters: most } },
    )
  if (negativePrompt && !takesNegative)
    throw unsupportedParameter(
      'negative_prompt',
      `${model.id} takes no negative prompt; say in the prompt what is not to be seen.`,
    )
}

function checkCounts({ asked, model, names }: Subject): void {
  const { count, images, operation } = asked
  const { maxImages, maxInputImages } = model.image
  if (count > maxImages)
    throw unsupportedParameter(
      names.count,
      `${model.id} makes at most ${maxImages} picture${maxImages === 1 ? '' : 's'} in one call, not ${count}.`,
    )
  if (operation === 'generate') return
  if (images.length === 0) throw invalidRequest(`${names.pictures}: a picture is needed`, names.pictures)
  const most = operation === 'edit' ? maxInputImages : Math.min(1, maxInputImages)
  if (images.length > most)
    throw unsupportedParameter(
      names.pictures,
      `${model.id} takes at most ${most} picture${most === 1 ? '' : 's'} for this, not ${images.length}.`,
    )
}

function checkMask({ asked: { mask, images, operation }, model }: Subject): void {
  if (!mask) return
  if (operation !== 'edit') throw unsupportedParameter('mask', 'A mask is for editing a picture.')
  if (!model.image.mask)
    throw unsupportedParameter('mask', `${model.id} takes no mask; say in the prompt what may change.`)
  const first = images[0]!
  if (mask.width !== first.width || mask.height !== first.height)
    throw new Problem(
      'invalid_request',
      `The mask is ${mask.width} × ${mask.height} pixels and the first picture ${first.width} × ${first.height}; they must be of one size.`,
      {
        param: 'mask',
        facts: {
          mask_width: mask.width,
          mask_height: mask.height,
          image_width: first.width,
          image_height: first.height,
        },
      },
    )
}

function checkLook({ asked, model }: Subject): void {
  const { background, format, quality, seed } = asked
  const { transparency, qualities, seed: takesSeed } = model.image
  if (background === 'transparent') {
    if (!transparency) throw unsupportedParameter('background', `${model.id} cannot make transparent backgrounds.`)
    if (format === 'jpeg')
      throw invalidRequest('background: a JPEG cannot be transparent; ask for png or webp', 'background')
  }
  if (quality !== null && !qualities.includes(quality))
    throw unsupportedParameter(
      'quality',
      qualities.length > 0
        ? `${model.id} knows the qualities ${qualities.join(', ')}, not “${quality.slice(0, 30)}”.`
        : `${model.id} has no choice of quality.`,
    )
  if (seed !== null && !takesSeed) throw unsupportedParameter('seed', `${model.id} takes no seed.`)
}

/** The most pixels of a picture that grows. */
const MOST_GROWN_PIXELS = 16_777_216

function checkGrowth({ asked: { extend, scale, operation, images } }: Subject): void {
  if (extend && operation !== 'outpaint') throw unsupportedParameter('extend', 'Only extending a picture takes this.')
  if (scale && operation !== 'upscale') throw unsupportedParameter('scale', 'Only making a picture larger takes this.')
  const [first] = images
  if (!first) return
  const { top, bottom, left, right } = extend ?? { top: 0, bottom: 0, left: 0, right: 0 }
  if (operation === 'outpaint' && top + bottom + left + right === 0)
    throw invalidRequest('extend: must say by how many pixels at least one side grows', 'extend')
  const factor = operation === 'upscale' ? (scale ?? 2) : 1
  const pixels = (first.width * factor + left + right) * (first.height * factor + top + bottom)
  if ((operation === 'outpaint' || operation === 'upscale') && pixels > MOST_GROWN_PIXELS)
    throw new Problem(
      'image_too_large',
      `The picture would have ${pixels} pixels; ${MOST_GROWN_PIXELS} are possible.`,
      {
        param: operation === 'outpaint' ? 'extend' : 'scale',
        facts: { pixels, max_pixels: MOST_GROWN_PIXELS },
      },
    )
}

/** The size to ask for; null where the model is to choose, or where it follows from the picture. */
function sizeFor({ asked: { size: text, operation }, model }: Subject): Size | null {
  const { sizes, autoSize } = model.image
  const asked = readSize(text)
  if (followsInput(operation)) {
    if (asked) throw unsupportedParameter('size', 'The size follows from the picture and cannot be chosen for this.')
    return null
  }
  if (!asked) return autoSize ? null : defaultSize(sizes)
  if (fits(asked, sizes)) return asked
  throw unsupportedParameter('size', `${model.id} does not make ${text}; it makes ${describeSizes(sizes)}.`)
}

/** Throws the first thing that the model cannot do; answers the size that it is asked for. */
export function checkTraits(subject: Subject): { size: Size | null } {
  checkOperation(subject)
  checkWords(subject)
  checkCounts(subject)
  checkMask(subject)
  checkLook(subject)
  checkGrowth(subject)
  return { size: sizeFor(subject) }
}
