// What is seen where there is no scene around it: a medallion, or a cut-out of the scene in the shape of one, and its words.
import { darken, lighten, mix } from './colour.ts'
import type { SandboxDrawing } from './drawing.ts'
import { fitLines, isRightToLeft, lineMarkup } from './lettering.ts'
import type { Subject } from './read-prompt.ts'
import { star } from './scenes/pattern.ts'
import { scenes } from './scenes/scenes.ts'
import { at, createSketch, type Sketch } from './sketch.ts'

interface Piece {
  subject: Subject
  words: string
}

async function drawWords(sketch: Sketch, draw: SandboxDrawing, words: string, reach: number): Promise<void> {
  const { width, height, unit, palette } = sketch
  if (words === '') return
  const rightToLeft = isRightToLeft(words)
  const { lines, size } = await fitLines(draw, words, { size: unit * 0.115, weight: 700, maxWidth: reach, maxLines: 4 })
  const step = size * 1.5
  const first = height / 2 - ((lines.length - 1) * step) / 2 + size * 0.32
  for (const [index, { text }] of lines.entries())
    sketch.add(
      lineMarkup({
        text,
        x: width / 2,
        y: first + index * step,
        size,
        weight: 700,
        anchor: 'middle',
        fill: palette.isDark ? lighten(palette.light, 0.2) : darken(palette.near, 0.25),
        rightToLeft,
      }),
    )
}

async function drawMedallion(sketch: Sketch, draw: SandboxDrawing, words: string): Promise<void> {
  const { width, height, unit, palette } = sketch
  const [x, y, radius] = [width / 2, height / 2, unit * 0.4]
  const gold = mix(palette.accent, '#c9a24a', 0.45)
  const paper = palette.isDark ? darken(palette.sky[0], 0.15) : lighten(palette.sky[2], 0.55)
  const shape = (share: number, turn = 0) => star(x, y, { radius: radius * share, inner: 0.93, points: 16, turn })
  sketch.add(
    `<path d="${shape(1.08)}" fill="${darken(palette.near, 0.2)}" opacity="0.55"/><path d="${shape(1.02)}" fill="${paper}" stroke="${gold}" stroke-width="${at(unit * 0.009)}" stroke-linejoin="round"/><path d="${shape(0.94, Math.PI / 16)}" fill="none" stroke="${gold}" stroke-width="${at(unit * 0.0028)}"/>`,
  )
  const rosettes = [0.86, 0.7, 0.54, 0.38].map((share, index) =>
    star(x, y, { radius: radius * share, inner: 0.78, points: 16, turn: (index * Math.PI) / 16 }),
  )
  sketch.add(
    `<path d="${rosettes.join('')}" fill="none" stroke="${gold}" stroke-width="${at(unit * 0.002)}" opacity="0.3"/>`,
  )
  await drawWords(sketch, draw, words, radius * 1.5)
}

/** The scene as a sticker: a round window on it, with nothing around. */
function drawCutOut(sketch: Sketch, subject: Subject): void {
  const { width, height, unit, palette } = sketch
  const [x, y, radius] = [width / 2, height / 2, unit * 0.44]
  const clip = sketch.define(
    (id) => `<clipPath id="${id}"><circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}"/></clipPath>`,
  )
  const side = radius * 2
  const inside = createSketch({ ...sketch, width: Math.round(side), height: Math.round(side), names: 'c' })
  scenes[subject](inside)
  sketch.add(
    `<circle cx="${at(x)}" cy="${at(y)}" r="${at(radius * 1.045)}" fill="#ffffff"/><g clip-path="${clip}"><g transform="translate(${at(x - radius)} ${at(y - radius)})">${inside.markup()}</g></g><circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}" fill="none" stroke="${palette.accent}" stroke-width="${at(unit * 0.006)}"/>`,
  )
}

export async function drawCentrepiece(sketch: Sketch, { subject, words }: Piece, draw: SandboxDrawing): Promise<void> {
  if (subject === 'calligraphy') return drawMedallion(sketch, draw, words)
  drawCutOut(sketch, subject)
}
