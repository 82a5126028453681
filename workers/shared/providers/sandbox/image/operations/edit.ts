import type { ImageRequest, InputPicture } from '../../../spec/image-model.ts'
import { drawCaption, signatureMarkup, wordsToShow } from '../caption.ts'
import { drawCentrepiece } from '../centrepiece.ts'
import { compose, subjectOf } from '../compose.ts'
import { svgOf, type Size } from '../svg.ts'
import type { Pixels, SandboxDrawing } from '../drawing.ts'
import { paletteOf } from '../palette.ts'
import { toPng } from '../png.ts'
import { createRandom } from '../random.ts'
import { readPrompt } from '../read-prompt.ts'
import { drawBirds, drawWeather } from '../scenes/sky.ts'
import { at, createSketch } from '../sketch.ts'
import { imageMarkup, pixelsOf } from './canvas.ts'

interface Hole extends Size {
  x: number
  y: number
}

/** The smallest rectangle around what may change; null where nothing may. */
function holeOf({ width, height, rgba }: Pixels): Hole | null {
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (rgba[(y * width + x) * 4 + 3] === 255) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = y
    }
  return right < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

interface Patch {
  base: Pixels
  mask: Pixels
  drawn: Pixels
  hole: Hole
}

/** What the mask covers stays to the byte; in between both are seen. */
function blend({ base, mask, drawn, hole }: Patch): Pixels {
  const rgba = base.rgba.slice()
  for (let y = 0; y < hole.height; y++)
    for (let x = 0; x < hole.width; x++) {
      const to = ((hole.y + y) * base.width + hole.x + x) * 4
      const from = (y * hole.width + x) * 4
      const kept = mask.rgba[to + 3]! / 255
      if (kept === 1) continue
      for (let channel = 0; channel < 4; channel++)
        rgba[to + channel] = Math.round(rgba[to + channel]! * kept + drawn.rgba[from + channel]! * (1 - kept))
    }
  return { ...base, rgba }
}

interface Edit {
  request: ImageRequest
  picture: InputPicture
  seed: number
  draw: SandboxDrawing
}

/** The prompt's scene, drawn for the hole and seen through it alone. */
async function editInside({ request, picture, seed, draw }: Edit, mask: InputPicture): Promise<Uint8Array> {
  const size = request.size ?? picture
  const [base, covered] = [await pixelsOf(picture, size, draw), await pixelsOf(mask, size, draw)]
  const hole = holeOf(covered)
  if (!hole) return toPng(base)
  const { width, height } = hole
  const { prompt, negativePrompt } = request
  const scene = await compose({ width, height, prompt, negativePrompt, seed, lettered: false }, draw)
  const signature = signatureMarkup(
    { width, height, unit: Math.min(size.width, size.height) },
    { x: width / 2, y: height * 0.8 },
  )
  const drawn = await draw.toPixels(scene.replace(/<\/svg>$/, `${signature}</svg>`))
  return toPng(blend({ base, mask: covered, drawn, hole }))
}

/** Pictures beside the first one, as prints that lie on it. */
const printsOf = (pictures: readonly InputPicture[], { width, height }: Size): string =>
  pictures
    .slice(0, 4)
    .map((picture, index) => {
      const side = Math.min(width, height) * 0.22
      const [x, y] = [width * 0.05 + index * side * 1.14, height * 0.07]
      const turn = `rotate(${index % 2 === 0 ? -3 : 2.5} ${at(x + side / 2)} ${at(y + side / 2)})`
      const paper = `<rect x="${at(x - side * 0.05)}" y="${at(y - side * 0.05)}" width="${at(side * 1.1)}" height="${at(side * 1.24)}" fill="#fdfcf8"/>`
      return `<g transform="${turn}">${paper}${imageMarkup(picture, { x, y, width: side, height: side, smooth: true })}</g>`
    })
    .join('')

/** The picture in the light of the prompt, with what it asks for set into it. */
async function editAll({ request, picture, seed, draw }: Edit): Promise<Uint8Array> {
  const { width, height } = request.size ?? picture
  const reading = readPrompt(request.prompt, request.negativePrompt)
  const random = createRandom(seed)
  const palette = paletteOf(reading, random.branch('palette'))
  const sketch = createSketch({ width, height, palette, random, reading })
  const others = request.images?.slice(1) ?? []
  sketch.add(imageMarkup(picture, { width, height, smooth: true }))
  const tint = sketch.linear([
    [0, palette.sky[0]],
    [0.6, palette.sky[1]],
    [1, palette.accent],
  ])
  sketch.add(
    `<rect width="${width}" height="${height}" fill="${tint}" opacity="${request.inputFidelity === 'high' ? 0.3 : 0.62}" style="mix-blend-mode:soft-light"/>`,
  )
  sketch.add(
    `<rect width="${width}" height="${height}" fill="${tint}" opacity="${request.inputFidelity === 'high' ? 0.04 : 0.14}"/>`,
  )
  if (reading.details.has('birds')) drawBirds(sketch, { colour: palette.near, around: [0.5, 0.25] })
  drawWeather(sketch)
  if (reading.subject) await drawInset({ width, height, prompt: request.prompt, seed, draw }, sketch.add)
  sketch.add(printsOf(others, { width, height }))
  await drawCaption(sketch, draw, {
    words: reading.without.has('words') ? '' : wordsToShow(request.prompt),
    veiled: 1,
  })
  return draw.toPng(svgOf({ width, height }, sketch.markup() + signatureMarkup(sketch)))
}

interface Inset extends Size {
  prompt: string
  seed: number
  draw: SandboxDrawing
}

async function drawInset({ width, height, prompt, seed, draw }: Inset, add: (markup: string) => void): Promise<void> {
  const side = Math.round(Math.min(width, height) * 0.42)
  const reading = readPrompt(prompt)
  const random = createRandom(seed)
  const inset = createSketch({
    width: side,
    height: side,
    palette: paletteOf(reading, random.branch('palette')),
    random,
    reading,
    names: 'i',
  })
  await drawCentrepiece(inset, { subject: subjectOf(reading, seed), words: '' }, draw)
  add(`<g transform="translate(${at(width - side * 1.1)} ${at(height * 0.46 - side / 2)})">${inset.markup()}</g>`)
}

export function edit(work: Edit): Promise<Uint8Array> {
  const { mask } = work.request
  return mask ? editInside(work, mask) : editAll(work)
}
