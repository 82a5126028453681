import { darken, lighten, mix } from '../colour.ts'
import type { Random } from '../random.ts'
import { at, pathOf, type Point, type Sketch } from '../sketch.ts'
import { below, drawBirds, drawClouds, drawLight, drawSky, horizonLine } from './sky.ts'

const RANGES = 5

/** A ridge broken into peaks: every second point is a valley. */
function peaks(
  random: Random,
  { width, base, swing, many }: { width: number; base: number; swing: number; many: number },
): Point[] {
  const points: Point[] = []
  const halves = many * 2
  for (let step = -1; step <= halves + 1; step++) {
    const x = (step / halves) * width + random.between(-0.25, 0.25) * (width / halves)
    points.push([x, base - (step % 2 === 0 ? random.between(0.45, 1) : random.between(-0.15, 0.28)) * swing])
  }
  return splitSides(random, points, swing)
}

/** Sides of mountains are not straight. */
function splitSides(random: Random, points: readonly Point[], swing: number): Point[] {
  const rough = (from: Point, to: Point, depth: number, sway: number): Point[] => {
    if (depth === 0) return [to]
    const middle: Point = [
      from[0] + (to[0] - from[0]) * random.between(0.4, 0.6),
      (from[1] + to[1]) / 2 + random.between(-1, 1) * sway,
    ]
    return [...rough(from, middle, depth - 1, sway * 0.5), ...rough(middle, to, depth - 1, sway * 0.5)]
  }
  return points.flatMap((point, index) => (index === 0 ? [point] : rough(points[index - 1]!, point, 3, swing * 0.1)))
}

/** The side of each peak that is turned away from the light, and its snow. */
function drawSides(sketch: Sketch, line: readonly Point[], { swing, share }: { swing: number; share: number }): void {
  const { random, palette, reading } = sketch
  const dice = random.branch(`sides${share}`)
  const lines = line.filter((point, index) => {
    const [before, after] = [line[index - 1], line[index + 1]]
    return before && after && point[1] < before[1] && point[1] < after[1]
  })
  for (const [x, y] of lines) {
    const fall = swing * dice.between(0.55, 0.85)
    const bends: Point[] = [
      [x, y],
      [x + fall * 0.1, y + fall * 0.3],
      [x - fall * 0.06, y + fall * 0.5],
      [x + fall * 0.12, y + fall * 0.78],
      [x + fall * 0.02, y + fall],
      [x + fall * 0.75, y + fall * 0.95],
      [x + fall * 0.38, y + fall * 0.4],
    ]
    const shade = sketch.linear([
      [0, darken(palette.near, 0.2), 0.2 + share * 0.2],
      [1, palette.near, 0],
    ])
    sketch.add(`<path d="${pathOf(bends)}Z" fill="${shade}"/>`)
    if (share > 0.55 && !reading.details.has('snow')) continue
    const cap = fall * 0.42
    const snow: Point[] = [
      [x, y],
      [x + cap * 0.48, y + cap * 0.62],
      [x + cap * 0.2, y + cap * 0.5],
      [x + cap * 0.08, y + cap * 0.86],
      [x - cap * 0.14, y + cap * 0.55],
      [x - cap * 0.42, y + cap * 0.7],
    ]
    sketch.add(`<path d="${pathOf(snow)}Z" fill="${lighten(palette.sky[2], 0.55)}" opacity="0.75"/>`)
  }
}

export function drawPine(x: number, foot: number, tall: number): string {
  const tiers = [0, 0.24, 0.48].map((from, index) => {
    const [top, low, half] = [
      foot - tall * (1 - from),
      foot - tall * (0.5 - index * 0.23),
      tall * (0.12 + index * 0.055),
    ]
    return `M${at(x)} ${at(top)}L${at(x + half)} ${at(low)}L${at(x - half)} ${at(low)}Z`
  })
  return `${tiers.join('')}M${at(x - tall * 0.02)} ${at(foot)}v${at(-tall * 0.14)}h${at(tall * 0.04)}v${at(tall * 0.14)}Z`
}

export function drawMountains(sketch: Sketch): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch('mountains')
  drawSky(sketch)
  drawLight(sketch, {
    x: width * dice.between(0.25, 0.75),
    y: height * dice.between(0.2, 0.32),
    radius: unit * dice.between(0.045, 0.075),
  })
  drawClouds(sketch, { from: 0.12, to: 0.42, many: 4, colour: lighten(palette.sky[2], 0.3) })
  drawBirds(sketch, { colour: darken(palette.far, 0.45), around: [dice.between(0.25, 0.75), 0.3] })
  for (let range = 0; range < RANGES; range++) {
    const share = range / (RANGES - 1)
    const base = height * (0.5 + share * 0.36)
    const swing = height * (0.2 - share * 0.075)
    const line = peaks(dice.branch(`range${range}`), { width, base, swing, many: 3 + range })
    const [colour, haze] = [mix(palette.far, palette.near, share ** 0.9), mix(palette.far, palette.sky[2], 0.6)]
    const fill = sketch.linear([
      [0, colour],
      [1, mix(colour, haze, 0.6 * (1 - share))],
    ])
    sketch.add(`<path d="${below(pathOf(line), { width, height })}" fill="${fill}"/>`)
    if (share < 0.8) drawSides(sketch, line, { swing, share })
  }
  const ground = horizonLine(dice.branch('ground'), { width, base: height * 0.95, swing: height * 0.025, rough: 0.4 })
  const trees = ground.filter((_, index) => dice.chance(index % 2 === 0 ? 0.75 : 0.5))
  const pines = trees.map(([x, y]) =>
    drawPine(x + dice.between(-8, 8), y + unit * 0.02, unit * dice.between(0.05, 0.13)),
  )
  sketch.add(
    `<path d="${below(pathOf(ground), { width, height })}${pines.join('')}" fill="${darken(palette.near, 0.35)}"/>`,
  )
}
