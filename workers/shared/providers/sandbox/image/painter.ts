// Answers at once. Everything it makes can be had again: the same request and seed give the same bytes.
import { invalidRequest, Problem } from '#shared/http/problems'
import type {
  DirectImageModel,
  ImageCallOptions,
  ImageRequest,
  ImageResult,
  InputPicture,
  MadePicture,
} from '../../spec/image-model.ts'
import { compose } from './compose.ts'
import { svgOf, type Size } from './svg.ts'
import type { SandboxDrawing } from './drawing.ts'
import { asPicture, imageMarkup } from './operations/canvas.ts'
import { edit } from './operations/edit.ts'
import { outpaint } from './operations/outpaint.ts'
import { removeBackground } from './operations/remove-background.ts'
import { requireDrawable, upscale } from './operations/upscale.ts'
import { vary } from './operations/vary.ts'
import { hashOf } from './random.ts'

const USUAL: Size = { width: 1_024, height: 1_024 }
const MOST_SEEDS = 4_294_967_296

/** What is not said follows from the words, so that the same words give the same picture. */
export const seedOf = (request: ImageRequest, index: number): number =>
  ((request.seed ?? hashOf(`${request.operation}/${request.prompt}`)) + index) % MOST_SEEDS

async function paint(request: ImageRequest, seed: number, draw: SandboxDrawing): Promise<Uint8Array> {
  const { size = USUAL, prompt, negativePrompt, background, quality } = request
  requireDrawable(size, 'size')
  const [transparent, fine] = [background === 'transparent', quality === 'fine']
  return draw.toPng(await compose({ ...size, prompt, negativePrompt, seed, transparent, fine }, draw))
}

function requirePicture({ images }: ImageRequest): InputPicture {
  const [picture] = images ?? []
  if (!picture) throw invalidRequest('A picture is needed for this.', 'image')
  if (images?.some(({ mediaType }) => mediaType === 'image/webp'))
    throw new Problem('image_unsupported', 'The sandbox reads PNG and JPEG alone.', { param: 'image' })
  requireDrawable(picture, 'image')
  return picture
}

function make(request: ImageRequest, seed: number, draw: SandboxDrawing): Promise<Uint8Array> {
  if (request.operation === 'generate') return paint(request, seed, draw)
  const work = { request, picture: requirePicture(request), seed, draw }
  switch (request.operation) {
    case 'edit':
      return edit(work)
    case 'variation':
      return vary(work)
    case 'outpaint':
      return outpaint(work)
    case 'upscale':
      return upscale(work)
    case 'remove-background':
      return removeBackground(work)
  }
}

/** How many pixels there are across each of them, the coarsest first. */
const COARSE = [12, 28, 72]

async function preview(bytes: Uint8Array, size: Size, across: number, draw: SandboxDrawing): Promise<Uint8Array> {
  const whole = imageMarkup({ bytes, mediaType: 'image/png' }, { ...size, smooth: true })
  const small = await draw.toPng(svgOf(size, whole), { width: Math.min(across, size.width) })
  return draw.toPng(svgOf(size, imageMarkup(asPicture(small, size), { ...size, smooth: true })))
}

const sizeIn = (bytes: Uint8Array): Size => {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

async function generate(request: ImageRequest, options: ImageCallOptions, draw: SandboxDrawing): Promise<ImageResult> {
  const { signal, onPartial, onProgress } = options
  const many = onPartial ? (request.partialImages ?? 0) : 0
  const partials = many > 0 ? COARSE.slice(-many) : []
  const images: MadePicture[] = []
  for (let index = 0; index < request.count; index++) {
    signal.throwIfAborted()
    const seed = seedOf(request, index)
    const bytes = await make(request, seed, draw)
    for (const across of partials) {
      signal.throwIfAborted()
      onPartial?.({ index, bytes: await preview(bytes, sizeIn(bytes), across, draw), mediaType: 'image/png' })
    }
    images.push({ bytes, seed })
    onProgress?.((index + 1) / request.count)
  }
  return { images, usage: null, warnings: [] }
}

export const createPainter = ({ draw }: { draw: SandboxDrawing }): DirectImageModel => ({
  delivery: 'direct',
  generate: (request, options) => generate(request, options, draw),
})
