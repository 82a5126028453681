// Answers at once. Everything it makes can be had again: the same request and seed give the same bytes.
import { unsupportedParameter } from '#shared/http/problems'
import type { DirectImageModel, ImageCallOptions, ImageRequest, MadePicture } from '../../spec/image-model.ts'
import { compose, type Size } from './compose.ts'
import type { SandboxDrawing } from './drawing.ts'
import { hashOf } from './random.ts'

const USUAL: Size = { width: 1_024, height: 1_024 }

/** What is not said follows from the words, so that the same words give the same picture. */
export const seedOf = (request: ImageRequest, index: number): number =>
  (request.seed ?? hashOf(`${request.operation}/${request.prompt}`)) + index

async function paint(request: ImageRequest, index: number, draw: SandboxDrawing): Promise<Uint8Array> {
  const { size = USUAL, prompt, background } = request
  if (request.operation !== 'generate') throw unsupportedParameter('operation', 'The sandbox cannot do this.')
  const svg = await compose({ ...size, prompt, seed: seedOf(request, index), transparent: background === 'transparent' }, draw)
  return draw.toPng(svg)
}

async function generate(request: ImageRequest, options: ImageCallOptions, draw: SandboxDrawing) {
  const images: MadePicture[] = []
  for (let index = 0; index < request.count; index++) {
    options.signal.throwIfAborted()
    images.push({ bytes: await paint(request, index, draw), seed: seedOf(request, index) })
    options.onProgress?.((index + 1) / request.count)
  }
  return { images, usage: null, warnings: [] }
}

export const createPainter = ({ draw }: { draw: SandboxDrawing }): DirectImageModel => ({
  delivery: 'direct',
  generate: (request, options) => generate(request, options, draw),
})
