// The prompt's own words, and whose picture it is.
import { brightnessOf, darken, mix } from './colour.ts'
import type { SandboxDrawing } from './drawing.ts'
import { cleanWords, fitLines, isRightToLeft, lineMarkup } from './lettering.ts'
import { at, type Sketch } from './sketch.ts'

export const SIGNATURE = 'Riwaq sandbox · رواق'

/** What is put in quotation marks is what is to be read. */
const QUOTED = /[«“"]([^«»“”"]{2,120})[»”"]/u

export const wordsToShow = (prompt: string): string => cleanWords(QUOTED.exec(prompt)?.[1] ?? prompt)

/** Small, in the upper corner unless a middle is said, and readable on whatever lies below it. */
export function signatureMarkup(
  { width, height, unit }: Pick<Sketch, 'width' | 'height' | 'unit'>,
  middle?: { x: number; y: number },
): string {
  const size = Math.max(9, unit * 0.0155)
  const plate = { width: size * 11, height: size * 1.8 }
  if (width < plate.width * 1.2 || height < plate.height * 3) return ''
  const x = middle?.x ?? width - unit * 0.018 - plate.width / 2
  const y = middle?.y ?? unit * 0.02 + plate.height / 2
  return (
    `<rect x="${at(x - plate.width / 2)}" y="${at(y - plate.height / 2)}" width="${at(plate.width)}" height="${at(plate.height)}" rx="${at(plate.height / 2)}" fill="#000000" fill-opacity="0.34"/>` +
    lineMarkup({
      text: SIGNATURE,
      x,
      y: y + size * 0.34,
      size,
      weight: 400,
      anchor: 'middle',
      fill: '#ffffff',
      opacity: 0.92,
      rightToLeft: false,
    })
  )
}

/** Below, on a veil that grows out of the picture. Arabic begins on the right. */
export async function drawCaption(
  sketch: Sketch,
  draw: SandboxDrawing,
  { words, veiled = 0.8 }: { words: string; veiled?: number },
): Promise<void> {
  const { width, height, unit, palette } = sketch
  if (words === '') return
  const rightToLeft = isRightToLeft(words)
  const margin = unit * 0.055
  const isShort = Array.from(words).length <= 28
  const { lines, size } = await fitLines(draw, words, {
    size: unit * (isShort ? 0.062 : 0.046),
    weight: isShort ? 700 : 400,
    maxWidth: width - margin * 2,
    maxLines: height > width * 1.2 ? 4 : 3,
  })
  const step = size * 1.5
  const first = height - margin - step * (lines.length - 1) - size * 0.1
  const veil = mix(darken(palette.near, 0.35), '#000000', brightnessOf(palette.near) > 0.5 ? 0.6 : 0.25)
  const top = Math.max(0, first - size * 2.6)
  const fill = sketch.linear([
    [0, veil, 0],
    [0.45, veil, veiled * 0.65],
    [1, veil, veiled],
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
        weight: isShort ? 700 : 400,
        anchor: rightToLeft ? 'end' : 'start',
        fill: '#ffffff',
        rightToLeft,
      }),
    )
}
