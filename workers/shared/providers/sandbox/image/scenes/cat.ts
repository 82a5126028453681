import { darken, lighten, mix } from '../colour.ts'
import { at, type Sketch } from '../sketch.ts'
import { drawBirds, drawClouds, drawLight, drawSky, horizonLine, smoothBelow } from './sky.ts'

/** A cat that sits on the sill and looks out, from behind. */
function silhouette(x: number, foot: number, size: number): string {
  const p = (dx: number, dy: number) => `${at(x + dx * size)} ${at(foot - dy * size)}`
  return `M${p(-0.34, 0)}C${p(-0.42, 0.3)} ${p(-0.3, 0.5)} ${p(-0.2, 0.66)}C${p(-0.27, 0.72)} ${p(-0.29, 0.84)} ${p(-0.25, 0.93)}L${p(-0.24, 1.14)}L${p(-0.1, 1.03)}C${p(-0.04, 1.05)} ${p(0.04, 1.05)} ${p(0.1, 1.03)}L${p(0.24, 1.14)}L${p(0.25, 0.93)}C${p(0.29, 0.84)} ${p(0.27, 0.72)} ${p(0.2, 0.66)}C${p(0.3, 0.5)} ${p(0.42, 0.3)} ${p(0.34, 0)}Z`
}

function tail(x: number, foot: number, size: number): string {
  const p = (dx: number, dy: number) => `${at(x + dx * size)} ${at(foot - dy * size)}`
  return `M${p(0.2, 0.08)}C${p(0.52, 0)} ${p(0.74, -0.06)} ${p(0.72, -0.3)}C${p(0.71, -0.46)} ${p(0.56, -0.5)} ${p(0.53, -0.4)}C${p(0.52, -0.35)} ${p(0.58, -0.33)} ${p(0.6, -0.28)}C${p(0.6, -0.14)} ${p(0.44, -0.12)} ${p(0.24, -0.06)}Z`
}

export function drawCat(sketch: Sketch): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch('cat')
  const frame = { x: width * 0.5, top: height * 0.08, foot: height * 0.74, half: Math.min(width * 0.36, unit * 0.42) }
  const wall = mix(palette.near, palette.far, palette.isDark ? 0.25 : 0.18)
  drawSky(sketch)
  drawLight(sketch, {
    x: frame.x + frame.half * dice.between(-0.5, 0.5),
    y: height * dice.between(0.24, 0.34),
    radius: unit * 0.075,
  })
  drawClouds(sketch, { from: 0.2, to: 0.5, many: 4, colour: lighten(palette.sky[2], 0.3) })
  drawBirds(sketch, { colour: darken(palette.far, 0.5), around: [0.5 + dice.between(-0.1, 0.1), 0.3] })
  for (const share of [0, 0.5, 1]) {
    const line = horizonLine(dice.branch(`hill${share}`), {
      width,
      base: height * (0.58 + share * 0.08),
      swing: height * 0.04,
      rough: 0.3,
    })
    sketch.add(
      `<path d="${smoothBelow(line, { width, height })}" fill="${mix(mix(palette.far, palette.sky[2], 0.3), palette.near, share * 0.55)}"/>`,
    )
  }
  const left = frame.x - frame.half
  const arch = `M${at(left)} ${at(frame.foot)}V${at(frame.top + frame.half)}C${at(left)} ${at(frame.top + frame.half * 0.45)} ${at(frame.x - frame.half * 0.4)} ${at(frame.top + frame.half * 0.2)} ${at(frame.x)} ${at(frame.top)}C${at(frame.x + frame.half * 0.4)} ${at(frame.top + frame.half * 0.2)} ${at(frame.x + frame.half)} ${at(frame.top + frame.half * 0.45)} ${at(frame.x + frame.half)} ${at(frame.top + frame.half)}V${at(frame.foot)}Z`
  const plaster = sketch.linear([
    [0, lighten(wall, 0.06)],
    [1, darken(wall, 0.25)],
  ])
  sketch.add(`<path fill-rule="evenodd" d="M0 0H${width}V${height}H0Z${arch}" fill="${plaster}"/>`)
  sketch.add(
    `<path d="${arch}" fill="none" stroke="${mix(palette.accent, wall, 0.35)}" stroke-width="${at(unit * 0.016)}"/>`,
  )
  sketch.add(`<path d="${arch}" fill="none" stroke="${darken(wall, 0.35)}" stroke-width="${at(unit * 0.004)}"/>`)
  const sill = { y: frame.foot, half: frame.half * 1.16, thick: unit * 0.035 }
  sketch.add(
    `<rect x="${at(frame.x - sill.half)}" y="${at(sill.y)}" width="${at(sill.half * 2)}" height="${at(sill.thick)}" rx="${at(unit * 0.006)}" fill="${mix(palette.accent, wall, 0.5)}"/>`,
  )
  sketch.add(
    `<rect x="${at(frame.x - sill.half)}" y="${at(sill.y + sill.thick)}" width="${at(sill.half * 2)}" height="${at(unit * 0.05)}" fill="#000000" opacity="0.14"/>`,
  )
  const fur = darken(palette.near, 0.35)
  const [x, size] = [frame.x + frame.half * dice.between(-0.25, 0.1), unit * 0.3]
  const coat = sketch.linear([
    [0, mix(fur, palette.light, 0.16)],
    [0.5, fur],
  ])
  sketch.add(
    `<path d="${tail(x, sill.y + unit * 0.004, size)}" fill="${fur}" stroke="${mix(palette.light, palette.accent, 0.4)}" stroke-opacity="0.5" stroke-width="${at(unit * 0.0035)}"/>`,
  )
  sketch.add(
    `<path d="${silhouette(x, sill.y + unit * 0.004, size)}" fill="${coat}" stroke="${mix(palette.light, palette.accent, 0.4)}" stroke-opacity="0.5" stroke-width="${at(unit * 0.0035)}"/>`,
  )
  drawPot(sketch, { x: frame.x + frame.half * 0.72, foot: sill.y, size: unit * 0.085 })
}

function drawPot({ random, palette, add }: Sketch, { x, foot, size }: { x: number; foot: number; size: number }): void {
  const dice = random.branch('pot')
  for (let leaf = 0; leaf < 9; leaf++) {
    const [turn, long] = [-72 + leaf * 18 + dice.between(-6, 6), size * dice.between(1.0, 1.5)]
    add(
      `<path transform="translate(${at(x)} ${at(foot - size * 0.85)}) rotate(${at(turn)})" d="M0 0C${at(long * 0.2)} ${at(-long * 0.4)} ${at(long * 0.12)} ${at(-long * 0.85)} 0 ${at(-long)}C${at(-long * 0.12)} ${at(-long * 0.85)} ${at(-long * 0.2)} ${at(-long * 0.4)} 0 0Z" fill="${mix(palette.other, leaf % 2 ? '#1c3a2c' : '#6fa070', 0.45)}"/>`,
    )
  }
  add(
    `<path d="M${at(x - size * 0.5)} ${at(foot - size * 0.9)}H${at(x + size * 0.5)}L${at(x + size * 0.38)} ${at(foot)}H${at(x - size * 0.38)}Z" fill="${darken(palette.accent, 0.15)}"/><path d="M${at(x - size * 0.56)} ${at(foot - size)}h${at(size * 1.12)}v${at(size * 0.2)}h${at(-size * 1.12)}Z" fill="${palette.accent}"/>`,
  )
}
