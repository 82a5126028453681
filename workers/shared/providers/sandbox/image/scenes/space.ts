import { darken, lighten, mix, type Colour } from '../colour.ts'
import { at, smoothPath, type Sketch } from '../sketch.ts'
import { drawStars } from './sky.ts'

function drawNebula(sketch: Sketch, colours: readonly Colour[]): void {
  const { width, height, unit, random } = sketch
  const dice = random.branch('nebula')
  const [angle, middle] = [
    dice.between(-0.7, -0.2),
    { x: width * dice.between(0.4, 0.6), y: height * dice.between(0.4, 0.55) },
  ]
  for (let cloud = 0; cloud < 26; cloud++) {
    const along = dice.between(-0.8, 0.8) * Math.hypot(width, height)
    const off = (dice.next() + dice.next() - 1) * unit * 0.26
    const colour = dice.pick(colours)
    const fill = sketch.radial([
      [0, lighten(colour, 0.15), dice.between(0.12, 0.3)],
      [0.5, colour, 0.1],
      [1, colour, 0],
    ])
    const [x, y] = [
      middle.x + Math.cos(angle) * along - Math.sin(angle) * off,
      middle.y + Math.sin(angle) * along + Math.cos(angle) * off,
    ]
    sketch.add(
      `<ellipse cx="${at(x)}" cy="${at(y)}" rx="${at(unit * dice.between(0.16, 0.42))}" ry="${at(unit * dice.between(0.1, 0.24))}" transform="rotate(${at((angle * 180) / 3.1416)} ${at(x)} ${at(y)})" fill="${fill}"/>`,
    )
  }
}

interface Planet {
  x: number
  y: number
  radius: number
  colour: Colour
  ring: boolean
}

function drawPlanet(sketch: Sketch, { x, y, radius, colour, ring }: Planet): void {
  const { random, palette } = sketch
  const dice = random.branch(`planet${Math.round(radius)}`)
  const clip = sketch.define(
    (id) => `<clipPath id="${id}"><circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}"/></clipPath>`,
  )
  const halo = sketch.radial([
    [0.7, lighten(colour, 0.3), 0.45],
    [1, colour, 0],
  ])
  const band = (rx: number, front: boolean) =>
    `<path d="M${at(x - rx)} ${at(y)}A${at(rx)} ${at(rx * 0.27)} 0 0 ${front ? 0 : 1} ${at(x + rx)} ${at(y)}" fill="none" stroke="${mix(lighten(colour, 0.5), palette.light, 0.4)}" stroke-width="${at(radius * 0.11)}" opacity="0.75"/>`
  const rings = (front: boolean) =>
    ring
      ? `<g transform="rotate(-18 ${at(x)} ${at(y)})">${band(radius * 1.55, front)}${band(radius * 1.78, front)}</g>`
      : ''
  sketch.add(`<circle cx="${at(x)}" cy="${at(y)}" r="${at(radius * 1.35)}" fill="${halo}"/>${rings(false)}`)
  const stripes = Array.from({ length: 11 }, (_, index) => {
    const top = y - radius + (index / 11) * radius * 2
    const points = Array.from(
      { length: 9 },
      (_unused, step) =>
        [x - radius + (step / 8) * radius * 2, top + Math.sin(step * 1.1 + index * 2.3) * radius * 0.035] as const,
    )
    const tone = index % 2 === 0 ? darken(colour, dice.between(0.04, 0.22)) : lighten(colour, dice.between(0.04, 0.25))
    return `<path d="${smoothPath(points)}V${at(top + radius * 0.26)}H${at(x - radius)}Z" fill="${tone}"/>`
  })
  const shade = sketch.define(
    (id) =>
      `<radialGradient id="${id}" cx="0.34" cy="0.3" r="0.78"><stop offset="0" stop-color="#ffffff" stop-opacity="0.22"/><stop offset="0.45" stop-color="#000000" stop-opacity="0"/><stop offset="1" stop-color="#000010" stop-opacity="0.82"/></radialGradient>`,
  )
  sketch.add(
    `<g clip-path="${clip}"><circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}" fill="${colour}"/><g transform="rotate(-18 ${at(x)} ${at(y)})">${stripes.join('')}</g></g><circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}" fill="${shade}"/>${rings(true)}`,
  )
}

export function drawSpace(sketch: Sketch): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch('space')
  const [warm, cold] = [palette.accent, palette.isDark ? palette.other : mix(palette.sky[0], '#5b6fd8', 0.5)]
  const fill = sketch.linear([
    [0, mix('#03040f', darken(palette.sky[0], 0.72), 0.4)],
    [1, mix('#0a0a24', darken(palette.sky[1], 0.7), 0.5)],
  ])
  sketch.add(`<rect width="${width}" height="${height}" fill="${fill}"/>`)
  drawNebula(sketch, [warm, cold, mix(warm, '#8a4bd0', 0.6), mix(cold, '#2fb0b8', 0.5)])
  drawStars(sketch, 1.1, 320)
  drawPlanet(sketch, {
    x: width * dice.between(0.32, 0.68),
    y: height * dice.between(0.36, 0.5),
    radius: unit * dice.between(0.19, 0.25),
    colour: mix(warm, '#b9805a', 0.3),
    ring: true,
  })
  drawPlanet(sketch, {
    x: width * dice.between(0.1, 0.2),
    y: height * dice.between(0.14, 0.24),
    radius: unit * dice.between(0.035, 0.06),
    colour: cold,
    ring: false,
  })
}
