// Fits a request to what a model can. A setting that only shades the picture is left out and said (a warning); one
// without which it would be another picture is refused (a 400). Names are those of the wire.
import type { ImageOperation, ImageTraits } from '#shared/contracts/model'
import { unsupportedParameter } from '#shared/http/problems'
import type { ImageRequest } from '../spec/image-model.ts'
import type { Warning } from '../spec/language-model.ts'

const doing: Record<ImageOperation, string> = {
  generate: 'make pictures of words alone',
  edit: 'edit pictures',
  variation: 'make variations of a picture',
  outpaint: 'extend a picture',
  upscale: 'enlarge a picture',
  'remove-background': 'remove a background',
}

function refuseWhatCannotBe(request: ImageRequest, traits: ImageTraits): void {
  const { operation, images = [] } = request
  if (!traits.operations.includes(operation))
    throw unsupportedParameter('operation', `This model cannot ${doing[operation]}. Choose another one for it.`)
  if (images.length > traits.maxInputImages)
    throw unsupportedParameter('image', `This model takes ${traits.maxInputImages} pictures at most.`)
  if (request.mask && !traits.mask)
    throw unsupportedParameter('mask', 'This model takes no mask. Leave it out, or choose another model.')
  if (request.background === 'transparent' && !traits.transparency)
    throw unsupportedParameter('background', 'This model makes no transparent backgrounds.')
  if (request.count > traits.maxImages)
    throw unsupportedParameter('n', `This model makes ${traits.maxImages} pictures in one call at most.`)
}

interface Shade {
  parameter: string
  isAsked: (request: ImageRequest) => boolean
  can: (traits: ImageTraits, request: ImageRequest) => boolean
  without: Partial<ImageRequest>
}

const shades: Shade[] = [
  {
    parameter: 'negative_prompt',
    isAsked: ({ negativePrompt }) => Boolean(negativePrompt),
    can: ({ negativePrompt }) => negativePrompt,
    without: { negativePrompt: undefined },
  },
  {
    parameter: 'seed',
    isAsked: ({ seed }) => seed !== undefined,
    can: ({ seed }) => seed,
    without: { seed: undefined },
  },
  {
    parameter: 'quality',
    isAsked: ({ quality }) => quality !== undefined,
    can: ({ qualities }, { quality }) => quality !== undefined && qualities.includes(quality),
    without: { quality: undefined },
  },
  {
    parameter: 'partial_images',
    isAsked: ({ partialImages }) => (partialImages ?? 0) > 0,
    can: ({ partialImages }) => partialImages,
    without: { partialImages: undefined },
  },
  {
    parameter: 'input_fidelity',
    isAsked: ({ inputFidelity }) => inputFidelity !== undefined,
    can: ({ inputFidelity }) => inputFidelity ?? false,
    without: { inputFidelity: undefined },
  },
]

export const leftOut = (parameter: string, vendor?: string): Warning => ({
  parameter,
  message: `${vendor ?? 'This model'} has no such setting; it was left out.`,
})

export function fitImageRequest(
  asked: ImageRequest,
  traits: ImageTraits,
): { request: ImageRequest; warnings: Warning[] } {
  refuseWhatCannotBe(asked, traits)
  const dropped = shades.filter((shade) => shade.isAsked(asked) && !shade.can(traits, asked))
  const request = dropped.reduce((rest, { without }) => ({ ...rest, ...without }), asked)
  return { request, warnings: dropped.map(({ parameter }) => leftOut(parameter)) }
}
