import { darken, lighten, mix, type Colour } from '../colour.ts'
import { at, smoothPath, type Point, type Sketch } from '../sketch.ts'

/** A form without corners that closes on itself. */
function pebble(sketch: Sketch, name: string, { x, y, radius }: { x: number; y: number; radius: number }): string {
  const dice = sketch.random.branch(name)
  const many = dice.whole(6, 9)
  const from = dice.next() * 6.28
  const points: Point[] = Array.from({ length: many }, (_, index) => {
    const [turn, reach] = [from + (index / many) * 6.2832, radius * dice.between(0.72, 1.22)]
    return [x + Math.cos(turn) * reach, y + Math.sin(turn) * reach * 0.9]
  })
  const ring = [...points, ...points, ...points]
  const path = smoothPath(ring.slice(many - 1, many * 2 + 2))
  const clean = path.slice(path.indexOf('C'))
  const first = ring[many - 1]!
  return `M${at(first[0])} ${at(first[1])}${clean}Z`
}

function drawRings(
  { unit, add }: Sketch,
  { x, y, colour, radius }: { x: number; y: number; colour: Colour; radius: number },
): void {
  for (let ring = 1; ring <= 6; ring++)
    add(
      `<circle cx="${at(x)}" cy="${at(y)}" r="${at((radius * ring) / 6)}" fill="none" stroke="${colour}" stroke-width="${at(unit * 0.0042)}" opacity="${at(0.85 - ring * 0.08)}"/>`,
    )
}

function drawStems(
  { unit, random, add }: Sketch,
  { x, foot, colour }: { x: number; foot: number; colour: Colour },
): void {
  const dice = random.branch('stems')
  const [long, lean] = [unit * dice.between(0.4, 0.55), unit * dice.between(-0.12, 0.12)]
  add(
    `<path d="M${at(x)} ${at(foot)}Q${at(x)} ${at(foot - long * 0.6)} ${at(x + lean)} ${at(foot - long)}" fill="none" stroke="${colour}" stroke-width="${at(unit * 0.006)}" stroke-linecap="round"/>`,
  )
  for (let leaf = 1; leaf < 9; leaf++) {
    const share = leaf / 9
    const [leafX, leafY, size] = [x + lean * share ** 2, foot - long * share, unit * 0.09 * (1.15 - share * 0.6)]
    const turn = (leaf % 2 ? 1 : -1) * (58 - share * 22)
    add(
      `<path transform="translate(${at(leafX)} ${at(leafY)}) rotate(${at(turn)})" d="M0 0C${at(size * 0.42)} ${at(-size * 0.25)} ${at(size * 0.3)} ${at(-size * 0.85)} 0 ${at(-size)}C${at(-size * 0.3)} ${at(-size * 0.85)} ${at(-size * 0.42)} ${at(-size * 0.25)} 0 0Z" fill="${colour}"/>`,
    )
  }
}

export function drawAbstract(sketch: Sketch): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch('abstract')
  const paper = palette.isDark ? mix(palette.sky[0], palette.near, 0.3) : mix(palette.sky[2], '#f6efe2', 0.55)
  const colours: Colour[] = [
    palette.accent,
    palette.sky[1],
    palette.other,
    palette.sky[0],
    mix(palette.accent, palette.sky[2], 0.5),
    palette.far,
  ]
  sketch.add(`<rect width="${width}" height="${height}" fill="${paper}"/>`)
  const flip = dice.chance(0.5) ? 1 : -1
  const place = (dx: number, dy: number) => ({ x: width * 0.5 + dx * flip * width, y: height * 0.45 + dy * height })
  const forms = [
    { ...place(-0.28, -0.22), radius: unit * dice.between(0.3, 0.36) },
    { ...place(0.3, 0.16), radius: unit * dice.between(0.28, 0.34) },
    { ...place(-0.16, 0.34), radius: unit * dice.between(0.2, 0.26) },
    { ...place(0.2, -0.34), radius: unit * dice.between(0.12, 0.17) },
  ]
  for (const [index, form] of forms.entries()) {
    const colour = colours[index % colours.length]!
    const fill = sketch.linear(
      [
        [0, lighten(colour, 0.1)],
        [1, darken(colour, 0.08)],
      ],
      { x: 1, y: 1 },
    )
    sketch.add(`<path d="${pebble(sketch, `form${index}`, form)}" fill="${fill}" opacity="${index === 1 ? 0.92 : 1}"/>`)
  }
  const sun = { ...place(0.1, -0.13), radius: unit * dice.between(0.13, 0.17) }
  const disc = sketch.linear([
    [0, lighten(palette.accent, 0.35)],
    [1, palette.accent],
  ])
  sketch.add(`<circle cx="${at(sun.x)}" cy="${at(sun.y)}" r="${at(sun.radius)}" fill="${disc}"/>`)
  drawRings(sketch, { ...place(0.3, 0.16), colour: mix(paper, '#ffffff', 0.3), radius: unit * 0.2 })
  const arch = { ...place(-0.24, 0.12), half: unit * 0.12 }
  for (const step of [0, 1, 2]) {
    const half = arch.half * (1 - step * 0.3)
    sketch.add(
      `<path d="M${at(arch.x - half)} ${at(arch.y + unit * 0.24)}V${at(arch.y)}a${at(half)} ${at(half)} 0 0 1 ${at(half * 2)} 0V${at(arch.y + unit * 0.24)}Z" fill="${[palette.near, palette.accent, paper][step]}" opacity="0.95"/>`,
    )
  }
  drawStems(sketch, { x: place(0.17, 0).x, foot: height * 0.86, colour: mix(palette.near, palette.other, 0.25) })
  const dots = Array.from(
    { length: 26 },
    (_, index) =>
      `<circle cx="${at(place(-0.42, 0).x + flip * (index % 5) * unit * 0.026)}" cy="${at(height * 0.1 + Math.floor(index / 5) * unit * 0.026)}" r="${at(unit * 0.0045)}"/>`,
  )
  sketch.add(`<g fill="${palette.near}" opacity="0.8">${dots.join('')}</g>`)
}
