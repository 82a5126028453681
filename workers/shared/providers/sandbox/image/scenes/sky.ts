// What is above: the light of the hour, stars, a sun or moon, clouds and birds.
import { darken, lighten, mix, type Colour } from '../colour.ts'
import type { Random } from '../random.ts'
import { at, smoothPath, type Point, type Sketch } from '../sketch.ts'

export function drawSky(sketch: Sketch, horizon = 1): void {
  const { width, height, palette } = sketch
  const [top, middle, low] = palette.sky
  const fill = sketch.linear([
    [0, top],
    [0.55, middle],
    [1, low],
  ])
  sketch.add(`<rect width="${width}" height="${at(height * horizon)}" fill="${fill}"/>`)
  if (horizon < 1)
    sketch.add(
      `<rect y="${at(height * horizon)}" width="${width}" height="${at(height * (1 - horizon))}" fill="${low}"/>`,
    )
  if (palette.isDark) drawStars(sketch, horizon)
}

export function drawStars({ width, height, unit, palette, random, add }: Sketch, share: number, many = 150): void {
  const dice = random.branch('stars')
  const stars = Array.from({ length: many }, () => {
    const size = dice.next() ** 4 * unit * 0.0028 + unit * 0.0007
    const y = dice.next() ** 1.25 * height * share * 0.9
    return `<circle cx="${at(dice.next() * width)}" cy="${at(y)}" r="${at(size)}" opacity="${at(dice.between(0.3, 1))}"/>`
  })
  add(`<g fill="${palette.light}">${stars.join('')}</g>`)
}

export interface Light {
  x: number
  y: number
  radius: number
}

/** A sun with its glow; at night a crescent, as often as not. */
export function drawLight(sketch: Sketch, { x, y, radius }: Light): void {
  const { palette, random } = sketch
  const isMoon = palette.isDark
  const glow = sketch.radial([
    [0, palette.light, isMoon ? 0.55 : 0.95],
    [0.22, palette.light, isMoon ? 0.24 : 0.5],
    [0.55, mix(palette.light, palette.accent, 0.4), 0.14],
    [1, palette.light, 0],
  ])
  sketch.add(`<circle cx="${at(x)}" cy="${at(y)}" r="${at(radius * 5)}" fill="${glow}"/>`)
  if (isMoon && random.branch('moon').chance(0.6)) {
    sketch.add(`<path d="${crescent({ x, y, radius })}" fill="${palette.light}"/>`)
    return
  }
  sketch.add(`<circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}" fill="${lighten(palette.light, 0.25)}"/>`)
  if (isMoon) drawCraters(sketch, { x, y, radius })
}

export const crescent = ({ x, y, radius }: Light): string => {
  const [up, down] = [
    `${at(x + radius * 0.35)} ${at(y - radius * 0.94)}`,
    `${at(x + radius * 0.35)} ${at(y + radius * 0.94)}`,
  ]
  return `M${up}A${at(radius)} ${at(radius)} 0 1 0 ${down}A${at(radius * 1.02)} ${at(radius * 1.02)} 0 0 1 ${up}Z`
}

function drawCraters({ random, palette, add }: Sketch, { x, y, radius }: Light): void {
  const dice = random.branch('craters')
  for (let index = 0; index < 6; index++) {
    const [angle, far] = [dice.next() * 6.28, dice.next() * radius * 0.65]
    const size = dice.between(0.06, 0.17) * radius
    add(
      `<circle cx="${at(x + Math.cos(angle) * far)}" cy="${at(y + Math.sin(angle) * far)}" r="${at(size)}" fill="${darken(palette.light, 0.14)}" opacity="0.6"/>`,
    )
  }
}

/** Long flat banks of it, that fade at both ends. */
export function drawClouds(
  sketch: Sketch,
  { from, to, many, colour }: { from: number; to: number; many: number; colour: Colour },
): void {
  const { width, height, unit, random } = sketch
  const dice = random.branch('clouds')
  for (let bank = 0; bank < many; bank++) {
    const [centre, y, reach] = [dice.next() * width, dice.between(from, to) * height, dice.between(0.12, 0.3) * width]
    const fill = sketch.radial([
      [0, colour, 0.75],
      [0.6, colour, 0.35],
      [1, colour, 0],
    ])
    for (let puff = 0; puff < 4; puff++) {
      const [x, wide] = [centre + dice.between(-0.6, 0.6) * reach, reach * dice.between(0.35, 0.9)]
      const tall = unit * dice.between(0.008, 0.022)
      sketch.add(
        `<ellipse cx="${at(x)}" cy="${at(y - dice.next() * tall)}" rx="${at(wide)}" ry="${at(tall)}" fill="${fill}"/>`,
      )
    }
  }
}

export function drawBirds(
  { width, height, unit, random, reading, add }: Sketch,
  { colour, around }: { colour: Colour; around: Point },
): void {
  if (reading.without.has('birds')) return
  const dice = random.branch('birds')
  const many = dice.whole(5, 9)
  for (let bird = 0; bird < many; bird++) {
    const [x, y] = [(around[0] + dice.between(-0.14, 0.14)) * width, (around[1] + dice.between(-0.06, 0.06)) * height]
    const wing = unit * dice.between(0.009, 0.018)
    const lift = wing * dice.between(0.35, 0.7)
    add(
      `<path d="M${at(x - wing)} ${at(y - lift)}Q${at(x - wing * 0.35)} ${at(y - lift * 0.9)} ${at(x)} ${at(y)}Q${at(x + wing * 0.35)} ${at(y - lift * 0.9)} ${at(x + wing)} ${at(y - lift)}" fill="none" stroke="${colour}" stroke-width="${at(unit * 0.0028)}" stroke-linecap="round"/>`,
    )
  }
}

/** A line across the picture: waves of several lengths, the shorter the flatter. */
export function horizonLine(
  random: Random,
  {
    width,
    base,
    swing,
    rough,
    steps = 48,
  }: { width: number; base: number; swing: number; rough: number; steps?: number },
): Point[] {
  const waves = [1, 2.3, 4.1, 8.7, 17].map((pace, index) => ({
    pace: pace * random.between(0.8, 1.25),
    phase: random.next() * 6.28,
    share: (index === 0 ? 1 : rough ** index) * random.between(0.7, 1.1),
  }))
  const total = waves.reduce((sum, { share }) => sum + share, 0)
  return Array.from({ length: steps + 1 }, (_, step) => {
    const along = step / steps
    const sum = waves.reduce(
      (height, { pace, phase, share }) => height + Math.sin(along * 6.28 * pace * 0.7 + phase) * share,
      0,
    )
    return [along * width, base - (sum / total) * swing] as const
  })
}

/** Everything below a line. */
export const below = (line: string, { width, height }: { width: number; height: number }): string =>
  `${line}L${at(width)} ${at(height)}L0 ${at(height)}Z`

export const smoothBelow = (points: readonly Point[], size: { width: number; height: number }): string =>
  below(smoothPath(points), size)

export function drawWeather(sketch: Sketch): void {
  const { width, height, unit, random, reading, palette, add } = sketch
  const dice = random.branch('weather')
  if (reading.details.has('snow')) {
    const flakes = Array.from(
      { length: 170 },
      () =>
        `<circle cx="${at(dice.next() * width)}" cy="${at(dice.next() * height)}" r="${at(unit * dice.between(0.0012, 0.0052))}" opacity="${at(dice.between(0.35, 0.95))}"/>`,
    )
    add(`<g fill="#ffffff">${flakes.join('')}</g>`)
  }
  if (reading.details.has('rain')) {
    const drops = Array.from({ length: 150 }, () => {
      const [x, y, long] = [dice.between(-0.05, 1.05) * width, dice.next() * height, unit * dice.between(0.02, 0.05)]
      return `<path d="M${at(x)} ${at(y)}l${at(-long * 0.22)} ${at(long)}"/>`
    })
    add(
      `<g stroke="${mix(palette.sky[2], '#ffffff', 0.6)}" stroke-width="${at(unit * 0.0016)}" opacity="0.5" stroke-linecap="round">${drops.join('')}</g>`,
    )
  }
}
