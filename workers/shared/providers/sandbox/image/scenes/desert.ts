import { darken, lighten, mix, type Colour } from '../colour.ts'
import { at, smoothPath, type Point, type Sketch } from '../sketch.ts'
import { drawBirds, drawClouds, drawLight, drawSky } from './sky.ts'

interface Dune {
  base: number
  rise: number
  crest: number
  colour: Colour
}

/** One slope in the light, one in the shade, and a crest that winds between them. */
function drawDune(sketch: Sketch, { base, rise, crest, colour }: Dune, dice: Sketch['random']): void {
  const { width, height, palette } = sketch
  const top: Point = [width * crest, base - rise]
  const left: Point[] = [
    [-width * 0.1, base + rise * dice.between(0, 0.3)],
    [width * (crest * 0.35), base - rise * dice.between(0.1, 0.3)],
    [width * (crest * 0.72), base - rise * dice.between(0.55, 0.7)],
    top,
  ]
  const right: Point[] = [
    top,
    [width * (crest + (1 - crest) * 0.3), base - rise * dice.between(0.5, 0.66)],
    [width * (crest + (1 - crest) * 0.66), base - rise * dice.between(0.05, 0.25)],
    [width * 1.1, base + rise * dice.between(0, 0.3)],
  ]
  const line = smoothPath([...left, ...right.slice(1)])
  const lit = sketch.linear(
    [
      [0, lighten(mix(colour, palette.light, 0.35), 0.08)],
      [1, darken(colour, 0.14)],
    ],
    { x: 0.35, y: 1 },
  )
  sketch.add(`<path d="${line}L${at(width * 1.1)} ${at(height)}L${at(-width * 0.1)} ${at(height)}Z" fill="${lit}"/>`)
  const foot: Point[] = [
    top,
    [top[0] - width * 0.045, base - rise * 0.5],
    [top[0] + width * 0.05, base - rise * 0.05],
    [top[0] - width * 0.06, base + rise * 0.5],
    [top[0] - width * 0.02, base + rise * 1.3],
  ]
  const shade = sketch.linear([
    [0, mix(darken(colour, 0.42), palette.near, 0.25), 0.85],
    [1, mix(darken(colour, 0.3), palette.near, 0.2), 0.1],
  ])
  sketch.add(
    `<path d="${smoothPath(right)}L${at(width * 1.1)} ${at(height)}L${at(foot.at(-1)![0])} ${at(height)}L${smoothPath(foot.toReversed()).slice(1)}Z" fill="${shade}"/>`,
  )
}

/** Ripples of wind on what is nearest. */
function drawRipples(sketch: Sketch, colour: Colour): void {
  const { width, height, unit, random } = sketch
  const dice = random.branch('ripples')
  for (let row = 0; row < 15; row++) {
    const y = height * (0.87 + (row / 15) ** 1.3 * 0.13)
    const points: Point[] = Array.from({ length: 14 }, (_, step) => [
      (step / 13) * width,
      y + Math.sin(step * 1.3 + row * 0.9) * unit * 0.003 + dice.between(-1, 1) * unit * 0.002,
    ])
    sketch.add(
      `<path d="${smoothPath(points)}" fill="none" stroke="${row % 2 === 0 ? darken(colour, 0.35) : lighten(colour, 0.3)}" stroke-width="${at(unit * 0.0016)}" opacity="0.3"/>`,
    )
  }
}

/** As a shape of its own colour, walking to the right. */
export function camel(x: number, foot: number, size: number): string {
  const at2 = (dx: number, dy: number) => `${at(x + dx * size)} ${at(foot - dy * size)}`
  const body = `M${at2(-0.42, 0.5)}C${at2(-0.4, 0.66)} ${at2(-0.26, 0.66)} ${at2(-0.18, 0.68)}C${at2(-0.1, 0.98)} ${at2(0.06, 0.98)} ${at2(0.12, 0.68)}C${at2(0.22, 0.66)} ${at2(0.28, 0.56)} ${at2(0.34, 0.56)}C${at2(0.44, 0.58)} ${at2(0.44, 0.8)} ${at2(0.5, 0.94)}C${at2(0.52, 1.0)} ${at2(0.58, 1.02)} ${at2(0.64, 0.99)}L${at2(0.72, 0.94)}C${at2(0.73, 0.9)} ${at2(0.68, 0.88)} ${at2(0.6, 0.89)}C${at2(0.57, 0.76)} ${at2(0.56, 0.52)} ${at2(0.4, 0.42)}C${at2(0.3, 0.36)} ${at2(-0.2, 0.34)} ${at2(-0.36, 0.4)}C${at2(-0.4, 0.42)} ${at2(-0.43, 0.45)} ${at2(-0.42, 0.5)}Z`
  const leg = (dx: number, lean: number) =>
    `M${at2(dx - 0.035, 0.46)}L${at2(dx + 0.04, 0.46)}L${at2(dx + lean + 0.022, 0.2)}L${at2(dx + lean * 1.6 + 0.03, 0)}L${at2(dx + lean * 1.6 - 0.03, 0)}L${at2(dx + lean - 0.022, 0.2)}Z`
  return `${body}${leg(-0.34, -0.03)}${leg(-0.24, 0.05)}${leg(0.24, -0.05)}${leg(0.34, 0.04)}M${at2(-0.41, 0.5)}L${at2(-0.48, 0.3)}L${at2(-0.45, 0.3)}L${at2(-0.39, 0.44)}Z`
}

function rider(x: number, foot: number, size: number): string {
  const at2 = (dx: number, dy: number) => `${at(x + dx * size)} ${at(foot - dy * size)}`
  return `M${at2(-0.12, 0.84)}C${at2(-0.12, 1.14)} ${at2(-0.04, 1.24)} ${at2(0, 1.24)}C${at2(0.06, 1.24)} ${at2(0.1, 1.1)} ${at2(0.12, 0.84)}ZM${at2(0, 1.2)}m${at(-size * 0.065)} ${at(-size * 0.07)}a${at(size * 0.065)} ${at(size * 0.075)} 0 1 1 ${at(size * 0.13)} 0a${at(size * 0.065)} ${at(size * 0.075)} 0 1 1 ${at(-size * 0.13)} 0Z`
}

export function drawCaravan(
  { unit, random, add }: Sketch,
  { x, y, colour }: { x: number; y: number; colour: Colour },
): void {
  const dice = random.branch('caravan')
  const size = unit * 0.062
  const shapes = Array.from({ length: dice.whole(3, 5) }, (_, index) => {
    const [here, foot, tall] = [
      x + index * size * 1.55,
      y + Math.sin(index * 1.7) * size * 0.07,
      size * dice.between(0.92, 1.06),
    ]
    return camel(here, foot, tall) + (index % 2 === 0 ? rider(here - tall * 0.03, foot, tall) : '')
  })
  add(`<path d="${shapes.join('')}" fill="${colour}"/>`)
}

export function drawPalm(
  { random, add }: Sketch,
  { x, foot, size, colour }: { x: number; foot: number; size: number; colour: Colour },
): void {
  const dice = random.branch(`palm${Math.round(x)}`)
  const lean = dice.between(-0.16, 0.16) * size
  const [topX, topY] = [x + lean, foot - size]
  add(
    `<path d="M${at(x - size * 0.032)} ${at(foot)}Q${at(x + lean * 0.1)} ${at(foot - size * 0.55)} ${at(topX - size * 0.014)} ${at(topY)}L${at(topX + size * 0.016)} ${at(topY)}Q${at(x + lean * 0.2 + size * 0.03)} ${at(foot - size * 0.5)} ${at(x + size * 0.036)} ${at(foot)}Z" fill="${colour}"/>`,
  )
  const fronds = Array.from({ length: 10 }, (_, index) => {
    const turn = -3.5 + (index / 9) * 3.86 + dice.between(-0.12, 0.12)
    const long = size * dice.between(0.36, 0.48)
    const [endX, endY] = [topX + Math.cos(turn) * long, topY + Math.sin(turn) * long * 0.72 + long * 0.24]
    const [midX, midY] = [topX + Math.cos(turn) * long * 0.52, topY + Math.sin(turn) * long * 0.82 - long * 0.08]
    return `M${at(topX)} ${at(topY)}Q${at(midX)} ${at(midY - long * 0.1)} ${at(endX)} ${at(endY)}Q${at(midX)} ${at(midY + long * 0.1)} ${at(topX)} ${at(topY)}Z`
  })
  add(`<path d="${fronds.join('')}" fill="${colour}"/>`)
}

export function drawDesert(sketch: Sketch): void {
  const { width, height, unit, palette, random, reading } = sketch
  const dice = random.branch('desert')
  const sand = mix(palette.isDark ? '#5f5878' : '#d99a5b', palette.accent, palette.isDark ? 0.12 : 0.28)
  drawSky(sketch)
  drawLight(sketch, {
    x: width * dice.between(0.2, 0.45),
    y: height * dice.between(0.2, 0.36),
    radius: unit * dice.between(0.06, 0.09),
  })
  drawClouds(sketch, { from: 0.1, to: 0.4, many: 3, colour: lighten(palette.sky[2], 0.3) })
  if (reading.details.has('birds')) drawBirds(sketch, { colour: darken(palette.near, 0.1), around: [0.6, 0.25] })
  const rows = 5
  for (let row = 0; row < rows; row++) {
    const share = row / (rows - 1)
    const near = mix(mix(sand, palette.sky[2], 0.55), darken(sand, 0.08), share)
    const crest = row % 2 === 0 ? dice.between(0.52, 0.78) : dice.between(0.22, 0.45)
    drawDune(
      sketch,
      { base: height * (0.56 + share * 0.32), rise: height * (0.045 + share * 0.075), crest, colour: near },
      dice.branch(`dune${row}`),
    )
    if (row === 2)
      drawCaravan(sketch, { x: width * dice.between(0.16, 0.3), y: height * 0.685, colour: darken(palette.near, 0.25) })
  }
  drawRipples(sketch, sand)
  if (reading.details.has('palms') || dice.chance(0.45)) {
    const dark = darken(palette.near, 0.3)
    for (const [x, size] of [
      [0.84, 0.34],
      [0.91, 0.26],
      [0.78, 0.19],
    ] as const)
      drawPalm(sketch, {
        x: width * (x + dice.between(-0.02, 0.02)),
        foot: height * 0.9,
        size: unit * size,
        colour: dark,
      })
  }
}
