import { at, type Sketch } from '../sketch.ts'

/** The light of a lens: warm where it comes in, darker towards the corners. */
export function drawFinish(sketch: Sketch): void {
  const { width, height, palette, random } = sketch
  const dice = random.branch('finish')
  const leak = sketch.radial([
    [0, palette.light, 0.34],
    [0.5, palette.accent, 0.12],
    [1, palette.accent, 0],
  ])
  const shade = sketch.define(
    (id) =>
      `<radialGradient id="${id}" cx="0.5" cy="0.46" r="0.75"><stop offset="0.55" stop-color="#000000" stop-opacity="0"/><stop offset="1" stop-color="#000000" stop-opacity="0.38"/></radialGradient>`,
  )
  sketch.add(
    `<ellipse cx="${at(width * dice.between(0, 1))}" cy="0" rx="${at(width * 0.75)}" ry="${at(height * 0.6)}" fill="${leak}"/><rect width="${width}" height="${height}" fill="${shade}"/>`,
  )
}
