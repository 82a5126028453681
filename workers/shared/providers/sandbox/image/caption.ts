// The prompt's own words, and whose picture it is.
import { brightnessOf, darken, mix } from './colour.ts'
import type { SandboxDrawing } from './drawing.ts'
import { cleanWords, fitLines, isRightToLeft, lineMarkup } from './lettering.ts'
import { at, type Sketch } from './sketch.ts'

export const SIGNATURE = 'Riwaq sandbox · رواق'

/** What is put in quotation marks is what is to be read. */
const QUOTED = /[«“"]([^«»“”"]{2,120})[»”"]/u

export const wordsToShow = (prompt: string): string => cleanWords(QUOTED.exec(prompt)?.[1] ?? prompt)

/** Small, in the corner that no caption begins in, and readable on whatever lies below it. */
export function signatureMarkup({ width, height, unit }: Pick<Sketch, 'width' | 'height' | 'unit'>): string {
  const size = Math.max(9, unit * 0.0155)
  const [x, y] = [width - unit * 0.022, unit * 0.022 + size]
  const plate = { width: size * 11.6, height: size * 1.75 }
  if (width < 160 || height < 80) return ''
  return (
    `<rect x="${at(x - plate.width + size * 0.6)}" y="${at(y - size * 1.22)}" width="${at(plate.width)}" height="${at(plate.height)}" rx="${at(plate.height / 2)}" fill="#000000" fill-opacity="0.34"/>` +
    lineMarkup({
      text: SIGNATURE,
      x,
      y,
      size,
      weight: 500,
      anchor: 'end',
      fill: '#ffffff',
      opacity: 0.92,
      rightToLeft: false,
    })
  )
}

/** Below, on a veil that grows out of the picture. Arabic begins on the right. */
export async function drawCaption(sketch: Sketch, draw: SandboxDrawing, words: string): Promise<void> {
  const { width, height, unit, palette } = sketch
  if (words === '') return
  const rightToLeft = isRightToLeft(words)
  const margin = unit * 0.055
  const isShort = Array.from(words).length <= 28
  const { lines, size } = await fitLines(draw, words, {
    size: unit * (isShort ? 0.062 : 0.046),
    weight: isShort ? 700 : 500,
    maxWidth: width - margin * 2,
    maxLines: height > width * 1.2 ? 4 : 3,
  })
  const step = size * 1.5
  const first = height - margin - step * (lines.length - 1) - size * 0.1
  const veil = mix(darken(palette.near, 0.35), '#000000', brightnessOf(palette.near) > 0.5 ? 0.6 : 0.25)
  const top = Math.max(0, first - size * 2.6)
  const fill = sketch.linear([
    [0, veil, 0],
    [0.45, veil, 0.5],
    [1, veil, 0.8],
  ])
  sketch.add(`<rect y="${at(top)}" width="${width}" height="${at(height - top)}" fill="${fill}"/>`)
  const edge = rightToLeft ? width - margin : margin
  const bar = { y: first - size * 1.35, wide: unit * 0.06, thick: Math.max(1, unit * 0.0045) }
  sketch.add(
    `<rect x="${at(rightToLeft ? edge - bar.wide : edge)}" y="${at(bar.y)}" width="${at(bar.wide)}" height="${at(bar.thick)}" rx="${at(bar.thick / 2)}" fill="${palette.accent}"/>`,
  )
  for (const [index, { text }] of lines.entries())
    sketch.add(
      lineMarkup({
        text,
        x: edge,
        y: first + index * step,
        size,
        weight: isShort ? 700 : 500,
        anchor: rightToLeft ? 'end' : 'start',
        fill: '#ffffff',
        rightToLeft,
      }),
    )
}
