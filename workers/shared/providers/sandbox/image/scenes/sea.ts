import { darken, lighten, mix } from '../colour.ts'
import { at, pathOf, smoothPath, type Sketch } from '../sketch.ts'
import { below, drawBirds, drawClouds, drawLight, drawSky, horizonLine, type Light } from './sky.ts'

/** The road of light on the water: strips that grow shorter and rarer away from it. */
function drawGlitter(sketch: Sketch, light: Light, horizon: number): void {
  const { height, unit, palette, random } = sketch
  const dice = random.branch('glitter')
  const strips = Array.from({ length: 90 }, () => {
    const down = dice.next() ** 1.4
    const spread = unit * (0.035 + down * 0.2)
    const [x, y] = [light.x + (dice.next() + dice.next() - 1) * spread, horizon + down * (height - horizon)]
    const wide = unit * dice.between(0.012, 0.045) * (0.5 + down)
    return `<ellipse cx="${at(x)}" cy="${at(y)}" rx="${at(wide)}" ry="${at(unit * (0.0011 + down * 0.0024))}" opacity="${at(dice.between(0.25, 0.85) * (1 - down * 0.5))}"/>`
  })
  sketch.add(`<g fill="${lighten(palette.light, 0.1)}">${strips.join('')}</g>`)
}

function drawWaves(sketch: Sketch, horizon: number): void {
  const { width, height, palette, random } = sketch
  const deep = darken(mix(palette.sky[0], palette.near, 0.35), 0.1)
  const rows = 7
  for (let row = 0; row < rows; row++) {
    const down = ((row + 1) / rows) ** 1.5
    const line = horizonLine(random.branch(`wave${row}`), {
      width,
      base: horizon + (height - horizon) * down * 0.92,
      swing: height * 0.012 * (0.3 + down),
      rough: 0.55,
      steps: 40,
    })
    const fill = sketch.linear([
      [0, lighten(mix(palette.sky[1], deep, 0.35 + down * 0.5), 0.06), 0.7],
      [0.12, mix(palette.sky[1], deep, 0.45 + down * 0.5), 0.55],
      [1, deep, 0.35],
    ])
    sketch.add(`<path d="${below(smoothPath(line), { width, height })}" fill="${fill}"/>`)
    sketch.add(
      `<path d="${smoothPath(line)}" fill="none" stroke="${lighten(palette.sky[2], 0.35)}" stroke-width="${at(height * 0.0012 * (0.6 + down))}" opacity="${at(0.18 + down * 0.22)}"/>`,
    )
  }
}

/** A dhow: a long hull and one great triangle of cloth. */
export function drawDhow({ palette, add }: Sketch, { x, y, size }: { x: number; y: number; size: number }): void {
  const [dark, sail] = [darken(palette.near, 0.3), lighten(palette.light, 0.2)]
  const hull = `M${at(x - size * 0.62)} ${at(y - size * 0.16)}Q${at(x - size * 0.3)} ${at(y - size * 0.02)} ${at(x + size * 0.5)} ${at(y - size * 0.1)}L${at(x + size * 0.66)} ${at(y - size * 0.24)}Q${at(x + size * 0.52)} ${at(y + size * 0.12)} ${at(x)} ${at(y + size * 0.12)}Q${at(x - size * 0.46)} ${at(y + size * 0.12)} ${at(x - size * 0.62)} ${at(y - size * 0.16)}Z`
  const cloth = `M${at(x - size * 0.5)} ${at(y - size * 0.2)}Q${at(x - size * 0.22)} ${at(y - size * 0.95)} ${at(x + size * 0.42)} ${at(y - size * 1.28)}Q${at(x + size * 0.5)} ${at(y - size * 0.6)} ${at(x + size * 0.3)} ${at(y - size * 0.22)}Q${at(x - size * 0.1)} ${at(y - size * 0.34)} ${at(x - size * 0.5)} ${at(y - size * 0.2)}Z`
  const shade = `M${at(x + size * 0.42)} ${at(y - size * 1.28)}Q${at(x + size * 0.5)} ${at(y - size * 0.6)} ${at(x + size * 0.3)} ${at(y - size * 0.22)}Q${at(x + size * 0.26)} ${at(y - size * 0.7)} ${at(x + size * 0.42)} ${at(y - size * 1.28)}Z`
  add(
    `<ellipse cx="${at(x)}" cy="${at(y + size * 0.18)}" rx="${at(size * 0.75)}" ry="${at(size * 0.08)}" fill="${dark}" opacity="0.35"/>` +
      `<path d="M${at(x + size * 0.04)} ${at(y)}L${at(x + size * 0.12)} ${at(y - size * 1.12)}" stroke="${dark}" stroke-width="${at(size * 0.035)}"/>` +
      `<path d="${cloth}" fill="${sail}"/><path d="${shade}" fill="${mix(sail, palette.accent, 0.45)}" opacity="0.7"/><path d="${hull}" fill="${dark}"/>` +
      `<path d="M${at(x - size * 0.54)} ${at(y - size * 0.08)}Q${at(x - size * 0.2)} ${at(y + size * 0.04)} ${at(x + size * 0.56)} ${at(y - size * 0.06)}" fill="none" stroke="${palette.accent}" stroke-width="${at(size * 0.028)}"/>`,
  )
}

export function drawSea(sketch: Sketch): void {
  const { width, height, unit, palette, random, reading } = sketch
  const dice = random.branch('sea')
  const horizon = height * dice.between(0.5, 0.58)
  const light: Light = {
    x: width * dice.between(0.3, 0.7),
    y: palette.isDark ? height * dice.between(0.16, 0.28) : horizon - unit * dice.between(0.02, 0.16),
    radius: unit * dice.between(0.055, 0.09),
  }
  drawSky(sketch, horizon / height)
  drawLight(sketch, light)
  drawClouds(sketch, { from: 0.12, to: (horizon / height) * 0.85, many: 5, colour: lighten(palette.sky[2], 0.35) })
  const island = horizonLine(dice.branch('island'), {
    width,
    base: horizon + height * 0.004,
    swing: height * 0.035,
    rough: 0.6,
  })
  const cut = island.map(([x, y]) => [x, Math.min(y, horizon)] as const)
  sketch.add(
    `<path d="${pathOf(cut)}L${width} ${at(horizon)}L0 ${at(horizon)}Z" fill="${mix(palette.far, palette.sky[1], 0.35)}" opacity="0.85"/>`,
  )
  const water = sketch.linear([
    [0, mix(palette.sky[2], palette.sky[1], 0.4)],
    [0.35, mix(palette.sky[1], palette.sky[0], 0.5)],
    [1, darken(mix(palette.sky[0], palette.near, 0.4), 0.15)],
  ])
  sketch.add(`<rect y="${at(horizon)}" width="${width}" height="${at(height - horizon)}" fill="${water}"/>`)
  drawWaves(sketch, horizon)
  drawGlitter(sketch, light, horizon)
  drawBirds(sketch, { colour: darken(palette.near, 0.1), around: [dice.between(0.2, 0.8), 0.26] })
  const many = reading.details.has('boat') ? 2 : dice.whole(0, 1) + 1
  for (let boat = 0; boat < many; boat++) {
    const down = boat === 0 ? dice.between(0.3, 0.42) : dice.between(0.04, 0.12)
    drawDhow(sketch, {
      x: light.x + (boat === 0 ? -1 : 1) * width * dice.between(0.12, 0.22),
      y: horizon + (height - horizon) * down,
      size: unit * (boat === 0 ? 0.17 : 0.06),
    })
  }
}
