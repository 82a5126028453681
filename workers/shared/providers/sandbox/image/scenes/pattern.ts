// Stars and crosses, as on walls from Samarkand to Granada: exact, for they are computed.
import { darken, lighten, mix } from '../colour.ts'
import { at, pathOf, type Point, type Sketch } from '../sketch.ts'

const FULL = Math.PI * 2

const around = (x: number, y: number, radius: number, turn: number): Point => [
  x + Math.cos(turn) * radius,
  y + Math.sin(turn) * radius,
]

/** A star of so many points; `inner` is how deep it is cut. */
export function star(
  x: number,
  y: number,
  { radius, inner, points, turn }: { radius: number; inner: number; points: number; turn: number },
): string {
  const corners = Array.from({ length: points * 2 }, (_, index) =>
    around(x, y, index % 2 === 0 ? radius : radius * inner, turn + (index * FULL) / (points * 2)),
  )
  return `${pathOf(corners)}Z`
}

/** Petals around a rosette: kites between its points. */
function petals(
  x: number,
  y: number,
  { radius, points, turn }: { radius: number; points: number; turn: number },
): string {
  return Array.from({ length: points }, (_, index) => {
    const middle = turn + ((index + 0.5) * FULL) / points
    const spread = FULL / points / 2.25
    return `${pathOf([
      around(x, y, radius * 0.5, middle),
      around(x, y, radius * 0.72, middle - spread * 0.82),
      around(x, y, radius * 0.93, middle - spread * 0.62),
      around(x, y, radius * 1.04, middle),
      around(x, y, radius * 0.93, middle + spread * 0.62),
      around(x, y, radius * 0.72, middle + spread * 0.82),
    ])}Z`
  }).join('')
}

export function drawPattern(sketch: Sketch): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch('pattern')
  const across = dice.whole(3, 4)
  const cell = unit / across
  const points = dice.pick([8, 8, 12, 16] as const)
  const gold = mix(palette.accent, '#c9a24a', 0.45)
  const [tile, deep, pale] = [
    mix(palette.other, palette.sky[0], 0.45),
    darken(mix(palette.sky[0], palette.near, 0.45), 0.1),
    lighten(palette.sky[2], 0.35),
  ]
  const ground = sketch.linear(
    [
      [0, deep],
      [1, darken(deep, 0.28)],
    ],
    { x: 1, y: 1 },
  )
  sketch.add(`<rect width="${width}" height="${height}" fill="${ground}"/>`)
  const line = at(cell * 0.016)
  const layers: Record<'fields' | 'petals' | 'stars' | 'hearts' | 'crosses', string[]> = {
    fields: [],
    petals: [],
    stars: [],
    hearts: [],
    crosses: [],
  }
  const [columns, rows] = [Math.ceil(width / cell / 2) + 1, Math.ceil(height / cell / 2) + 1]
  for (let row = -rows; row <= rows; row++)
    for (let column = -columns; column <= columns; column++) {
      const [x, y] = [width / 2 + column * cell, height / 2 + row * cell]
      const turn = Math.PI / points
      layers.fields.push(star(x, y, { radius: cell * 0.54, inner: 0.924, points: 8, turn: Math.PI / 8 }))
      layers.petals.push(petals(x, y, { radius: cell * 0.46, points, turn }))
      layers.stars.push(star(x, y, { radius: cell * 0.25, inner: points === 8 ? 0.66 : 0.74, points, turn: 0 }))
      layers.hearts.push(star(x, y, { radius: cell * 0.11, inner: 0.55, points: 8, turn: Math.PI / 8 }))
      const [cornerX, cornerY] = [x + cell / 2, y + cell / 2]
      layers.crosses.push(star(cornerX, cornerY, { radius: cell * 0.235, inner: 0.5, points: 4, turn: 0 }))
      layers.hearts.push(star(cornerX, cornerY, { radius: cell * 0.085, inner: 0.6, points: 8, turn: 0 }))
    }
  const stroke = `stroke="${gold}" stroke-width="${line}" stroke-linejoin="round"`
  sketch.add(
    `<path d="${layers.fields.join('')}" fill="${darken(tile, 0.34)}" ${stroke}/>` +
      `<path d="${layers.petals.join('')}" fill="${tile}" ${stroke}/>` +
      `<path d="${layers.crosses.join('')}" fill="${mix(palette.accent, deep, 0.32)}" ${stroke}/>` +
      `<path d="${layers.stars.join('')}" fill="${pale}" ${stroke}/>` +
      `<path d="${layers.hearts.join('')}" fill="${gold}"/>`,
  )
  const light = sketch.define(
    (id) =>
      `<radialGradient id="${id}" cx="0.42" cy="0.36" r="0.8"><stop offset="0" stop-color="#ffffff" stop-opacity="0.2"/><stop offset="0.5" stop-color="#ffffff" stop-opacity="0"/><stop offset="1" stop-color="#000000" stop-opacity="0.45"/></radialGradient>`,
  )
  sketch.add(`<rect width="${width}" height="${height}" fill="${light}"/>`)
}
