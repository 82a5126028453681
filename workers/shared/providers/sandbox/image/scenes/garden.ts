import { darken, lighten, mix, type Colour } from '../colour.ts'
import type { Random } from '../random.ts'
import { at, smoothPath, type Sketch } from '../sketch.ts'
import { below, drawBirds, drawClouds, drawLight, drawSky, horizonLine } from './sky.ts'

interface Flower {
  x: number
  y: number
  size: number
  colour: Colour
  turn: number
}

/** Two rings of petals around an eye. */
function blossom({ x, y, size, colour, turn }: Flower, petals: number): string {
  const petal = (angle: number, reach: number, fill: Colour) =>
    `<path transform="translate(${at(x)} ${at(y)}) rotate(${at(angle)})" d="M0 0C${at(reach * 0.5)} ${at(-reach * 0.3)} ${at(reach * 0.42)} ${at(-reach)} 0 ${at(-reach)}C${at(-reach * 0.42)} ${at(-reach)} ${at(-reach * 0.5)} ${at(-reach * 0.3)} 0 0Z" fill="${fill}"/>`
  const ring = (reach: number, from: number, fill: Colour) =>
    Array.from({ length: petals }, (_, index) =>
      petal(from + (index * 360) / petals, reach, index % 2 ? fill : lighten(fill, 0.08)),
    ).join('')
  return `${ring(size, turn, darken(colour, 0.08))}${ring(size * 0.68, turn + 180 / petals, lighten(colour, 0.16))}<circle cx="${at(x)}" cy="${at(y)}" r="${at(size * 0.2)}" fill="#f2c14e"/><circle cx="${at(x)}" cy="${at(y)}" r="${at(size * 0.11)}" fill="#9a6a1f"/>`
}

const tulip = ({ x, y, size, colour }: Flower): string => {
  const petal = (from: number, to: number, fill: Colour) =>
    `<path d="M${at(x + from * size)} ${at(y - size * 0.1)}C${at(x + from * size * 1.2)} ${at(y - size * 0.6)} ${at(x + to * size * 1.4)} ${at(y - size * 0.9)} ${at(x + to * size)} ${at(y - size * 1.3)}C${at(x + to * size * 0.2)} ${at(y - size)} ${at(x - from * size * 0.3)} ${at(y + size * 0.2)} ${at(x)} ${at(y + size * 0.28)}C${at(x + from * size * 0.6)} ${at(y + size * 0.24)} ${at(x + from * size)} ${at(y + size * 0.1)} ${at(x + from * size)} ${at(y - size * 0.1)}Z" fill="${fill}"/>`
  return `${petal(-0.62, -0.5, darken(colour, 0.12))}${petal(0.62, 0.5, darken(colour, 0.04))}${petal(-0.3, 0.02, lighten(colour, 0.14))}`
}

function stem({ x, y, size }: Flower, foot: number, colour: Colour, dice: Random): string {
  const sway = dice.between(-0.6, 0.6) * size
  const leaf = (from: number, side: number) =>
    `<path d="M${at(x + sway * from)} ${at(y + (foot - y) * from)}q${at(side * size * 0.9)} ${at(-size * 0.3)} ${at(side * size * 1.05)} ${at(-size * 1.15)}q${at(-side * size * 0.85)} ${at(size * 0.25)} ${at(-side * size * 1.05)} ${at(size * 1.15)}Z" fill="${colour}"/>`
  return `<path d="M${at(x)} ${at(y)}Q${at(x + sway * 0.2)} ${at((y + foot) / 2)} ${at(x + sway)} ${at(foot)}" stroke="${colour}" stroke-width="${at(size * 0.13)}" fill="none"/>${leaf(0.55, dice.chance(0.5) ? 1 : -1)}`
}

export function drawGarden(sketch: Sketch): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch('garden')
  const green = palette.isDark ? mix(palette.near, '#214d3a', 0.55) : mix(palette.other, '#3f7d46', 0.65)
  drawSky(sketch)
  drawLight(sketch, { x: width * dice.between(0.2, 0.8), y: height * dice.between(0.16, 0.28), radius: unit * 0.06 })
  drawClouds(sketch, { from: 0.1, to: 0.4, many: 4, colour: lighten(palette.sky[2], 0.4) })
  drawBirds(sketch, { colour: darken(palette.far, 0.4), around: [dice.between(0.3, 0.7), 0.22] })
  for (let row = 0; row < 4; row++) {
    const share = row / 3
    const line = horizonLine(dice.branch(`hill${row}`), {
      width,
      base: height * (0.5 + share * 0.13),
      swing: height * 0.05,
      rough: 0.25,
    })
    const colour = mix(mix(palette.far, green, 0.35 + share * 0.4), palette.sky[2], 0.25 * (1 - share))
    const fill = sketch.linear([
      [0, lighten(colour, 0.1)],
      [0.5, darken(colour, 0.1)],
    ])
    sketch.add(`<path d="${below(smoothPath(line), { width, height })}" fill="${fill}"/>`)
  }
  const colours: Colour[] = [
    palette.accent,
    mix(palette.accent, '#d6547e', 0.6),
    '#f5e6d3',
    mix(palette.other, '#7a5bc0', 0.6),
    '#e9b949',
  ]
  const rows = 7
  for (let row = 0; row < rows; row++) {
    const share = row / (rows - 1)
    const many = Math.round((width / unit) * (30 - share * 22))
    const shapes: string[] = []
    for (let index = 0; index < many; index++) {
      const size = unit * (0.007 + share ** 1.6 * 0.05) * dice.between(0.75, 1.25)
      const flower: Flower = {
        x: ((index + dice.between(0, 1)) / many) * width,
        y: height * (0.64 + share * 0.24) + dice.between(-1, 1) * height * 0.022,
        size,
        colour: mix(dice.pick(colours), palette.sky[1], 0.3 * (1 - share)),
        turn: dice.between(0, 60),
      }
      shapes.push(stem(flower, height * 1.02, darken(green, 0.1 + share * 0.28), dice))
      shapes.push(dice.chance(0.35) ? tulip(flower) : blossom(flower, dice.pick([5, 6, 8])))
    }
    sketch.add(shapes.join(''))
  }
}
