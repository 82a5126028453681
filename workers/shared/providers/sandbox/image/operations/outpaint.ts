import type { ImageRequest, InputPicture } from '../../../spec/image-model.ts'
import { signatureMarkup } from '../caption.ts'
import { svgOf, type Size } from '../svg.ts'
import type { Pixels, SandboxDrawing } from '../drawing.ts'
import { paletteOf } from '../palette.ts'
import { toPng } from '../png.ts'
import { createRandom } from '../random.ts'
import { readPrompt } from '../read-prompt.ts'
import { drawWeather } from '../scenes/sky.ts'
import { at, createSketch } from '../sketch.ts'
import { requireDrawable } from './upscale.ts'
import { asPicture, imageMarkup, pixelsOf } from './canvas.ts'

interface Growth {
  request: ImageRequest
  picture: InputPicture
  seed: number
  draw: SandboxDrawing
}

const none = { top: 0, bottom: 0, left: 0, right: 0 }

/** Drawn so much smaller, so that it is soft when it is large again: cheaper than any blur. */
const SOFT = 7

/** The picture and its mirrored images all around it, as far as the new sides reach. */
async function mirrored(
  { picture, draw }: Growth,
  { left, top }: { left: number; top: number },
  size: Size,
): Promise<string> {
  const { width, height } = picture
  const reach = {
    x: Math.ceil(Math.max(left, size.width - left - width) / width),
    y: Math.ceil(Math.max(top, size.height - top - height) / height),
  }
  const small = asPicture(
    await draw.toPng(svgOf(picture, imageMarkup(picture, { width, height, smooth: true })), {
      width: Math.max(1, Math.round(width / SOFT)),
    }),
    picture,
  )
  // Beneath everything, so that nothing shines through where copies meet.
  const copies = [imageMarkup(small, { ...size, smooth: true })]
  const lap = SOFT * 1.5
  for (let row = -reach.y; row <= reach.y; row++)
    for (let column = -reach.x; column <= reach.x; column++) {
      const [x, y] = [left + column * width, top + row * height]
      const [flipX, flipY] = [column % 2 !== 0, row % 2 !== 0]
      const turn = `translate(${at(flipX ? x + width : x)} ${at(flipY ? y + height : y)}) scale(${flipX ? -1 : 1} ${flipY ? -1 : 1})`
      copies.push(
        `<g transform="${turn}">${imageMarkup(small, { x: -lap, y: -lap, width: width + lap * 2, height: height + lap * 2, smooth: true })}</g>`,
      )
    }
  const around = await draw.toPng(svgOf(size, copies.join('')), { width: Math.max(1, Math.round(size.width / SOFT)) })
  return imageMarkup(asPicture(around, size), { ...size, smooth: true })
}

/** Every pixel of the first picture, where it lies now. */
function lay(base: Pixels, picture: Pixels, { left, top }: { left: number; top: number }): Pixels {
  const rgba = base.rgba.slice()
  for (let y = 0; y < picture.height; y++)
    rgba.set(
      picture.rgba.subarray(y * picture.width * 4, (y + 1) * picture.width * 4),
      ((top + y) * base.width + left) * 4,
    )
  return { ...base, rgba }
}

export async function outpaint(work: Growth): Promise<Uint8Array> {
  const { request, picture, seed, draw } = work
  const { top, bottom, left, right } = request.extend ?? none
  const [width, height] = [picture.width + left + right, picture.height + top + bottom]
  requireDrawable({ width, height }, 'extend')
  const reading = readPrompt(request.prompt, request.negativePrompt)
  const random = createRandom(seed)
  const palette = paletteOf(reading, random.branch('palette'))
  const sketch = createSketch({ width, height, palette, random, reading })
  sketch.add(await mirrored(work, { left, top }, { width, height }))
  if (request.prompt.trim() !== '') {
    const veil = sketch.linear([
      [0, palette.sky[0]],
      [0.6, palette.sky[1]],
      [1, palette.near],
    ])
    sketch.add(
      `<rect width="${width}" height="${height}" fill="${veil}" opacity="0.26" style="mix-blend-mode:soft-light"/>`,
    )
    drawWeather(sketch)
  }
  const around = await draw.toPixels(
    svgOf({ width, height }, sketch.markup() + (top > 0 || right > 0 ? signatureMarkup(sketch) : '')),
  )
  return toPng(lay(around, await pixelsOf(picture, picture, draw), { left, top }))
}
