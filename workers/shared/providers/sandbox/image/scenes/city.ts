import { darken, lighten, mix, type Colour } from '../colour.ts'
import type { Random } from '../random.ts'
import { at, type Sketch } from '../sketch.ts'
import { crescent, drawBirds, drawClouds, drawLight, drawSky } from './sky.ts'

interface Block {
  x: number
  top: number
  wide: number
}

const ROWS = 3

function drawWindows(
  { unit, add }: Sketch,
  dice: Random,
  { block, foot, colour }: { block: Block; foot: number; colour: Colour },
): void {
  const pitch = unit * 0.0165
  const columns = Math.floor((block.wide - pitch * 0.8) / pitch)
  const rows = Math.floor((foot - block.top - pitch) / (pitch * 1.25))
  const panes: string[] = []
  for (let row = 0; row < Math.min(rows, 26); row++)
    for (let column = 0; column < columns; column++) {
      if (!dice.chance(0.42)) continue
      const x = block.x + (block.wide - columns * pitch) / 2 + column * pitch + pitch * 0.22
      panes.push(
        `M${at(x)} ${at(block.top + pitch * (0.9 + row * 1.25))}h${at(pitch * 0.5)}v${at(pitch * 0.66)}h${at(-pitch * 0.5)}Z`,
      )
    }
  add(`<path d="${panes.join('')}" fill="${colour}" opacity="${at(dice.between(0.55, 0.95))}"/>`)
}

/** What a roof ends in. */
function roof(dice: Random, { x, top, wide }: Block): string {
  const middle = x + wide / 2
  switch (dice.whole(0, 5)) {
    case 0:
      return `M${at(middle - wide * 0.02)} ${at(top)}v${at(-wide * 0.7)}h${at(wide * 0.04)}v${at(wide * 0.7)}Z`
    case 1:
      return `M${at(x)} ${at(top)}L${at(middle)} ${at(top - wide * 0.5)}L${at(x + wide)} ${at(top)}Z`
    case 2:
      return `M${at(x + wide * 0.2)} ${at(top)}v${at(-wide * 0.22)}h${at(wide * 0.6)}v${at(wide * 0.22)}Z`
    case 3:
      return `M${at(x + wide * 0.15)} ${at(top)}a${at(wide * 0.35)} ${at(wide * 0.35)} 0 0 1 ${at(wide * 0.7)} 0Z`
    default:
      return ''
  }
}

/** A dome on its drum, between two minarets. */
export function mosque(x: number, foot: number, size: number): string {
  const dome = (centre: number, base: number, half: number) =>
    `M${at(centre - half)} ${at(base)}C${at(centre - half * 1.25)} ${at(base - half * 0.95)} ${at(centre - half * 0.35)} ${at(base - half * 1.25)} ${at(centre)} ${at(base - half * 1.7)}C${at(centre + half * 0.35)} ${at(base - half * 1.25)} ${at(centre + half * 1.25)} ${at(base - half * 0.95)} ${at(centre + half)} ${at(base)}ZM${at(centre - half * 0.025)} ${at(base - half * 1.6)}v${at(-half * 0.42)}h${at(half * 0.05)}v${at(half * 0.42)}Z`
  const minaret = (centre: number) => {
    const half = size * 0.042
    return (
      `M${at(centre - half)} ${at(foot)}V${at(foot - size * 1.02)}h${at(half * 2)}V${at(foot)}Z` +
      `M${at(centre - half * 1.7)} ${at(foot - size * 1.02)}v${at(-size * 0.035)}h${at(half * 3.4)}v${at(size * 0.035)}Z` +
      `M${at(centre - half * 0.75)} ${at(foot - size * 1.05)}V${at(foot - size * 1.24)}h${at(half * 1.5)}V${at(foot - size * 1.05)}Z` +
      `M${at(centre - half * 1.15)} ${at(foot - size * 1.24)}L${at(centre)} ${at(foot - size * 1.48)}L${at(centre + half * 1.15)} ${at(foot - size * 1.24)}Z`
    )
  }
  const hall = `M${at(x - size * 0.52)} ${at(foot)}V${at(foot - size * 0.4)}H${at(x + size * 0.52)}V${at(foot)}ZM${at(x - size * 0.3)} ${at(foot - size * 0.4)}v${at(-size * 0.09)}h${at(size * 0.6)}v${at(size * 0.09)}Z`
  return `${hall}${dome(x, foot - size * 0.48, size * 0.27)}${dome(x - size * 0.4, foot - size * 0.4, size * 0.1)}${dome(x + size * 0.4, foot - size * 0.4, size * 0.1)}${minaret(x - size * 0.62)}${minaret(x + size * 0.62)}`
}

/** Arched openings of the hall, lit from within. */
const arches = (x: number, foot: number, size: number): string =>
  [-0.36, -0.18, 0, 0.18, 0.36]
    .map((step) => {
      const [left, half] = [x + (step - 0.05) * size, size * 0.05]
      return `M${at(left)} ${at(foot)}V${at(foot - size * 0.19)}Q${at(left)} ${at(foot - size * 0.27)} ${at(left + half)} ${at(foot - size * 0.31)}Q${at(left + half * 2)} ${at(foot - size * 0.27)} ${at(left + half * 2)} ${at(foot - size * 0.19)}V${at(foot)}Z`
    })
    .join('')

function drawRow(sketch: Sketch, row: number, foot: number): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch(`row${row}`)
  const share = row / (ROWS - 1)
  const colour = mix(mix(palette.far, palette.sky[2], 0.35), darken(palette.near, 0.1), share)
  const lit = mix(palette.accent, palette.light, palette.isDark ? 0.45 : 0.6)
  const blocks: Block[] = []
  for (let x = -unit * 0.03; x < width;) {
    const wide = unit * dice.between(0.05, 0.12) * (0.75 + share * 0.4)
    const tall = height * dice.between(0.12, 0.33) * (1.05 - share * 0.38)
    blocks.push({ x, top: foot - tall, wide })
    x += wide * dice.between(0.86, 1.04)
  }
  const walls = blocks.map(({ x, top, wide }) => `M${at(x)} ${at(height)}V${at(top)}h${at(wide)}V${at(height)}Z`)
  const fill = sketch.linear([
    [0, lighten(colour, 0.05)],
    [1, mix(colour, palette.sky[2], 0.3 * (1 - share))],
  ])
  sketch.add(`<path d="${walls.join('')}${blocks.map((block) => roof(dice, block)).join('')}" fill="${fill}"/>`)
  for (const block of blocks) drawWindows(sketch, dice, { block, foot, colour: mix(lit, colour, (1 - share) * 0.45) })
}

function drawWaterfront(sketch: Sketch, foot: number): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch('front')
  const fill = sketch.linear([
    [0, mix(palette.near, palette.sky[1], 0.4)],
    [1, darken(palette.near, 0.25)],
  ])
  sketch.add(`<rect y="${at(foot)}" width="${width}" height="${at(height - foot)}" fill="${fill}"/>`)
  const strips = Array.from({ length: 90 }, () => {
    const down = dice.next()
    return `<rect x="${at(dice.next() * width)}" y="${at(foot + down * (height - foot))}" width="${at(unit * dice.between(0.01, 0.05))}" height="${at(unit * 0.0022)}" rx="${at(unit * 0.001)}" opacity="${at(dice.between(0.12, 0.6) * (1 - down * 0.6))}"/>`
  })
  sketch.add(`<g fill="${mix(palette.accent, palette.light, 0.5)}">${strips.join('')}</g>`)
}

export function drawCity(sketch: Sketch): void {
  const { width, height, unit, palette, random, reading } = sketch
  const dice = random.branch('city')
  const foot = height * 0.84
  drawSky(sketch)
  drawLight(sketch, {
    x: width * dice.between(0.2, 0.8),
    y: height * dice.between(0.16, 0.3),
    radius: unit * dice.between(0.05, 0.08),
  })
  drawClouds(sketch, { from: 0.1, to: 0.45, many: 4, colour: lighten(palette.sky[2], 0.25) })
  if (!palette.isDark) drawBirds(sketch, { colour: darken(palette.near, 0.1), around: [dice.between(0.3, 0.7), 0.3] })
  const withMosque = reading.details.has('mosque') || reading.details.has('lanterns')
  for (let row = 0; row < ROWS; row++) {
    if (row === 2 && withMosque) {
      const [x, size] = [width * dice.between(0.42, 0.58), Math.min(unit * 0.46, width * 0.42)]
      const dark = darken(mix(palette.near, palette.far, 0.12), 0.1)
      sketch.add(`<path d="${mosque(x, foot, size)}" fill="${dark}"/>`)
      sketch.add(`<path d="${arches(x, foot, size)}" fill="${mix(palette.accent, palette.light, 0.4)}" opacity="0.9"/>`)
      sketch.add(`<path d="${crescent({ x, y: foot - size * 1.03, radius: size * 0.026 })}" fill="${palette.light}"/>`)
      continue
    }
    drawRow(sketch, row, foot)
  }
  drawWaterfront(sketch, foot)
  if (reading.details.has('lanterns')) drawLanterns(sketch)
}

export function drawLanterns(sketch: Sketch): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch('lanterns')
  const glow = sketch.radial([
    [0, palette.accent, 0.7],
    [1, palette.accent, 0],
  ])
  for (const share of [0.1, 0.23, 0.78, 0.9]) {
    const [x, y, size] = [width * share, height * dice.between(0.12, 0.3), unit * dice.between(0.045, 0.07)]
    const [dark, warm] = [darken(palette.near, 0.2), mix(palette.accent, palette.light, 0.55)]
    sketch.add(
      `<path d="M${at(x)} 0V${at(y - size)}" stroke="${dark}" stroke-width="${at(unit * 0.0022)}"/><circle cx="${at(x)}" cy="${at(y)}" r="${at(size * 2.4)}" fill="${glow}"/>` +
        `<path d="M${at(x - size * 0.42)} ${at(y - size * 0.55)}L${at(x + size * 0.42)} ${at(y - size * 0.55)}L${at(x + size * 0.6)} ${at(y + size * 0.35)}L${at(x + size * 0.3)} ${at(y + size * 0.85)}L${at(x - size * 0.3)} ${at(y + size * 0.85)}L${at(x - size * 0.6)} ${at(y + size * 0.35)}Z" fill="${warm}" stroke="${dark}" stroke-width="${at(size * 0.09)}"/>` +
        `<path d="M${at(x - size * 0.48)} ${at(y - size * 0.55)}L${at(x)} ${at(y - size * 1.15)}L${at(x + size * 0.48)} ${at(y - size * 0.55)}ZM${at(x - size * 0.34)} ${at(y + size * 0.85)}h${at(size * 0.68)}v${at(size * 0.14)}h${at(-size * 0.68)}Z" fill="${dark}"/>` +
        `<path d="M${at(x)} ${at(y - size * 0.5)}V${at(y + size * 0.82)}M${at(x - size * 0.22)} ${at(y - size * 0.5)}L${at(x - size * 0.28)} ${at(y + size * 0.82)}M${at(x + size * 0.22)} ${at(y - size * 0.5)}L${at(x + size * 0.28)} ${at(y + size * 0.82)}" stroke="${dark}" stroke-width="${at(size * 0.045)}"/>`,
    )
  }
}
