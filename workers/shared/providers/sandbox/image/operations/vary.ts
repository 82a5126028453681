import type { ImageRequest, InputPicture } from '../../../spec/image-model.ts'
import { signatureMarkup } from '../caption.ts'
import type { Colour } from '../colour.ts'
import { brightnessOf } from '../colour.ts'
import { compose } from '../compose.ts'
import { svgOf, type Size } from '../svg.ts'
import type { SandboxDrawing } from '../drawing.ts'
import { paletteOf } from '../palette.ts'
import { createRandom } from '../random.ts'
import { readPrompt } from '../read-prompt.ts'
import { at, createSketch } from '../sketch.ts'
import { imageMarkup } from './canvas.ts'

const SAMPLE = 24

const hex = (value: number): string => value.toString(16).padStart(2, '0')

const saturationOf = (colour: Colour): number => {
  const channels = [1, 3, 5].map((from) => Number.parseInt(colour.slice(from, from + 2), 16))
  return Math.max(...channels) - Math.min(...channels)
}

/** The two colours that a picture is remembered by: the most lively of those that it is full of. */
export async function coloursOf(picture: InputPicture, draw: SandboxDrawing): Promise<Colour[]> {
  const size = { width: SAMPLE, height: SAMPLE }
  const { rgba } = await draw.toPixels(svgOf(size, imageMarkup(picture, { ...size, smooth: true })))
  const counts = new Map<Colour, number>()
  for (let from = 0; from < rgba.length; from += 4) {
    if (rgba[from + 3]! < 128) continue
    const colour: Colour = `#${[0, 1, 2].map((channel) => hex((rgba[from + channel]! & 0xe0) | 0x10)).join('')}`
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const weigh = ([colour, count]: [Colour, number]) =>
    Math.sqrt(count) * (20 + saturationOf(colour)) * (0.4 + brightnessOf(colour))
  return [...counts.entries()]
    .toSorted((left, right) => weigh(right) - weigh(left))
    .slice(0, 2)
    .map(([colour]) => colour)
}

interface Variation {
  request: ImageRequest
  picture: InputPicture
  seed: number
  draw: SandboxDrawing
}

/** Without words to draw from: the picture from nearer by, turned round, in another light. */
async function reseen({ picture, seed, draw }: Variation, { width, height }: Size): Promise<Uint8Array> {
  const random = createRandom(seed)
  const reading = readPrompt('')
  const palette = paletteOf(reading, random.branch('palette'))
  const sketch = createSketch({ width, height, palette, random, reading })
  const [zoom, flip] = [random.between(1.06, 1.32), random.chance(0.5)]
  const [left, top] = [-(zoom - 1) * width * random.next(), -(zoom - 1) * height * random.next()]
  const placed = imageMarkup(picture, { x: left, y: top, width: width * zoom, height: height * zoom, smooth: true })
  sketch.add(flip ? `<g transform="translate(${at(width)} 0) scale(-1 1)">${placed}</g>` : placed)
  const tint = sketch.linear(
    [
      [0, palette.sky[0]],
      [1, palette.accent],
    ],
    { x: random.next(), y: 1 },
  )
  sketch.add(
    `<rect width="${width}" height="${height}" fill="${tint}" opacity="0.7" style="mix-blend-mode:soft-light"/>`,
  )
  return draw.toPng(svgOf({ width, height }, sketch.markup() + signatureMarkup(sketch)))
}

export async function vary(work: Variation): Promise<Uint8Array> {
  const { request, picture, seed, draw } = work
  const { width, height } = request.size ?? picture
  if (request.prompt.trim() === '') return reseen(work, { width, height })
  const colours = await coloursOf(picture, draw)
  const { prompt, negativePrompt } = request
  return draw.toPng(await compose({ width, height, prompt, negativePrompt, colours, seed }, draw))
}
