import { darken, lighten, mix } from '../colour.ts'
import { at, smoothPath, type Sketch } from '../sketch.ts'
import { drawPine } from './mountains.ts'
import { below, drawBirds, drawLight, drawSky, horizonLine } from './sky.ts'

/** Light that falls through, from where it comes. */
function drawRays(sketch: Sketch, { x, y }: { x: number; y: number }): void {
  const { width, height, palette, random } = sketch
  const dice = random.branch('rays')
  const reach = Math.hypot(width, height)
  for (let ray = 0; ray < 7; ray++) {
    const [turn, wide] = [dice.between(0.5, 2.6), dice.between(0.02, 0.055)]
    const tip = (angle: number) => `${at(x + Math.cos(angle) * reach)} ${at(y + Math.sin(angle) * reach)}`
    sketch.add(
      `<path d="M${at(x)} ${at(y)}L${tip(turn - wide)}L${tip(turn + wide)}Z" fill="${palette.light}" opacity="${at(dice.between(0.05, 0.13))}"/>`,
    )
  }
}

function trunk(x: number, foot: number, top: number, half: number, lean: number): string {
  return `M${at(x - half * 1.8)} ${at(foot)}Q${at(x - half)} ${at(foot - half * 5)} ${at(x + lean - half * 0.7)} ${at(top)}H${at(x + lean + half * 0.7)}Q${at(x + half)} ${at(foot - half * 5)} ${at(x + half * 1.8)} ${at(foot)}Z`
}

export function drawForest(sketch: Sketch): void {
  const { width, height, unit, palette, random, reading } = sketch
  const dice = random.branch('forest')
  const green = mix(palette.near, '#1d5a3c', palette.isDark ? 0.35 : 0.75)
  const light = {
    x: width * dice.between(0.3, 0.7),
    y: height * dice.between(0.2, 0.34),
    radius: unit * dice.between(0.05, 0.08),
  }
  drawSky(sketch)
  drawLight(sketch, light)
  if (reading.details.has('birds')) drawBirds(sketch, { colour: darken(green, 0.3), around: [0.5, 0.2] })
  const rows = 6
  for (let row = 0; row < rows; row++) {
    const share = row / (rows - 1)
    const colour = mix(mix(mix(palette.far, green, 0.35), palette.sky[2], 0.4), darken(green, 0.2), share ** 0.85)
    const ground = horizonLine(dice.branch(`ground${row}`), {
      width,
      base: height * (0.58 + share * 0.34),
      swing: height * 0.03,
      rough: 0.4,
    })
    const tall = unit * (0.13 + share * 0.34)
    const many = Math.round((width / unit) * (22 - share * 12))
    const trees = Array.from({ length: many }, (_, index) => {
      const x = ((index + dice.between(-0.45, 0.45)) / (many - 1)) * width
      const foot = ground[Math.round(Math.min(1, Math.max(0, x / width)) * (ground.length - 1))]![1] + unit * 0.015
      return drawPine(x, foot, tall * dice.between(0.55, 1.15))
    })
    const fill = sketch.linear([
      [0, colour],
      [1, mix(colour, palette.sky[2], 0.5 * (1 - share))],
    ])
    sketch.add(`<path d="${below(smoothPath(ground), { width, height })}${trees.join('')}" fill="${fill}"/>`)
    if (row === 3) drawRays(sketch, light)
    const mist = sketch.linear([
      [0, lighten(palette.sky[2], 0.2), 0],
      [0.5, lighten(palette.sky[2], 0.2), 0.3 * (1 - share)],
      [1, lighten(palette.sky[2], 0.2), 0],
    ])
    sketch.add(
      `<rect y="${at(height * (0.5 + share * 0.3))}" width="${width}" height="${at(height * 0.2)}" fill="${mist}"/>`,
    )
  }
  const dark = darken(green, 0.55)
  for (const side of [0.04, 0.95]) {
    const x = width * (side + dice.between(-0.02, 0.02))
    sketch.add(
      `<path d="${trunk(x, height * 1.02, -height * 0.02, unit * dice.between(0.028, 0.042), unit * dice.between(-0.03, 0.03))}" fill="${dark}"/>`,
    )
  }
}
