// A person without a face: shapes of paper, as on a poster. Nobody in particular.
import { darken, lighten, mix, type Colour } from '../colour.ts'
import { at, type Sketch } from '../sketch.ts'

const skins: readonly Colour[] = ['#e9b892', '#c98f65', '#a66f48', '#7a4c31', '#f0c9a8']

function drawHalo(sketch: Sketch, { x, y, radius }: { x: number; y: number; radius: number }): void {
  const { palette } = sketch
  for (const [share, colour] of [
    [1.55, mix(palette.accent, palette.sky[2], 0.6)],
    [1.28, mix(palette.accent, palette.sky[2], 0.3)],
    [1.02, palette.accent],
  ] as const)
    sketch.add(`<circle cx="${at(x)}" cy="${at(y)}" r="${at(radius * share)}" fill="${colour}"/>`)
  const rays = Array.from({ length: 48 }, (_, index) => {
    const turn = (index / 48) * 6.2832
    const [from, to] = [radius * 1.6, radius * (index % 2 ? 1.72 : 1.82)]
    return `M${at(x + Math.cos(turn) * from)} ${at(y + Math.sin(turn) * from)}L${at(x + Math.cos(turn) * to)} ${at(y + Math.sin(turn) * to)}`
  })
  sketch.add(
    `<path d="${rays.join('')}" stroke="${palette.accent}" stroke-width="${at(radius * 0.018)}" stroke-linecap="round"/>`,
  )
}

function drawLeaves(
  { random, palette, add }: Sketch,
  { x, y, size, side }: { x: number; y: number; size: number; side: number },
): void {
  const dice = random.branch(`leaves${side}`)
  for (let leaf = 0; leaf < 7; leaf++) {
    const turn = side * (18 + leaf * 19) + dice.between(-6, 6)
    const long = size * dice.between(0.75, 1.1)
    const colour = mix(palette.other, leaf % 2 ? palette.near : palette.sky[2], 0.25)
    add(
      `<path transform="translate(${at(x)} ${at(y)}) rotate(${at(turn)})" d="M0 0C${at(long * 0.22)} ${at(-long * 0.35)} ${at(long * 0.16)} ${at(-long * 0.8)} 0 ${at(-long)}C${at(-long * 0.16)} ${at(-long * 0.8)} ${at(-long * 0.22)} ${at(-long * 0.35)} 0 0Z" fill="${colour}"/>`,
    )
  }
}

export function drawPortrait(sketch: Sketch): void {
  const { width, height, unit, palette, random } = sketch
  const dice = random.branch('portrait')
  const [x, y, head] = [width * 0.5, height * 0.4, unit * 0.155]
  const skin = mix(dice.pick(skins), palette.sky[1], palette.isDark ? 0.3 : 0.08)
  const [cloth, hair] = [mix(palette.other, palette.near, 0.3), darken(palette.near, 0.3)]
  const ground = sketch.linear([
    [0, palette.sky[2]],
    [1, mix(palette.sky[1], palette.sky[2], 0.4)],
  ])
  sketch.add(`<rect width="${width}" height="${height}" fill="${ground}"/>`)
  drawHalo(sketch, { x, y, radius: unit * 0.27 })
  drawLeaves(sketch, { x: x - unit * 0.3, y: height * 0.86, size: unit * 0.3, side: -1 })
  drawLeaves(sketch, { x: x + unit * 0.3, y: height * 0.86, size: unit * 0.3, side: 1 })
  const scarf = dice.chance(0.5)
  const back = scarf
    ? `M${at(x - head * 1.25)} ${at(y + head * 0.1)}C${at(x - head * 1.4)} ${at(y - head * 1.7)} ${at(x + head * 1.4)} ${at(y - head * 1.7)} ${at(x + head * 1.25)} ${at(y + head * 0.1)}C${at(x + head * 1.35)} ${at(y + head * 1.4)} ${at(x + head * 1.7)} ${at(y + head * 2)} ${at(x + head * 1.5)} ${at(y + head * 2.6)}H${at(x - head * 1.5)}C${at(x - head * 1.7)} ${at(y + head * 2)} ${at(x - head * 1.35)} ${at(y + head * 1.4)} ${at(x - head * 1.25)} ${at(y + head * 0.1)}Z`
    : `M${at(x - head * 1.12)} ${at(y + head * 0.5)}C${at(x - head * 1.5)} ${at(y - head * 1.75)} ${at(x + head * 1.5)} ${at(y - head * 1.75)} ${at(x + head * 1.12)} ${at(y + head * 0.5)}C${at(x + head * 1.3)} ${at(y + head * 1.2)} ${at(x + head)} ${at(y + head * 1.7)} ${at(x + head * 0.6)} ${at(y + head * 1.8)}H${at(x - head * 0.6)}C${at(x - head)} ${at(y + head * 1.7)} ${at(x - head * 1.3)} ${at(y + head * 1.2)} ${at(x - head * 1.12)} ${at(y + head * 0.5)}Z`
  sketch.add(`<path d="${back}" fill="${scarf ? darken(palette.accent, 0.25) : hair}"/>`)
  const shoulders = `M${at(x - unit * 0.42)} ${at(height)}C${at(x - unit * 0.4)} ${at(y + head * 2.1)} ${at(x - head * 0.9)} ${at(y + head * 2.15)} ${at(x - head * 0.42)} ${at(y + head * 1.75)}H${at(x + head * 0.42)}C${at(x + head * 0.9)} ${at(y + head * 2.15)} ${at(x + unit * 0.4)} ${at(y + head * 2.1)} ${at(x + unit * 0.42)} ${at(height)}Z`
  const robe = sketch.linear([
    [0, lighten(cloth, 0.12)],
    [1, darken(cloth, 0.25)],
  ])
  sketch.add(
    `<path d="M${at(x - head * 0.4)} ${at(y + head * 0.6)}V${at(y + head * 1.9)}Q${at(x)} ${at(y + head * 2.4)} ${at(x + head * 0.4)} ${at(y + head * 1.9)}V${at(y + head * 0.6)}Z" fill="${darken(skin, 0.16)}"/>`,
  )
  sketch.add(
    `<path d="${shoulders}" fill="${robe}"/><path d="M${at(x - head * 0.42)} ${at(y + head * 1.75)}Q${at(x)} ${at(y + head * 2.5)} ${at(x + head * 0.42)} ${at(y + head * 1.75)}" fill="${darken(skin, 0.1)}"/>`,
  )
  const face = `M${at(x)} ${at(y + head * 1.2)}C${at(x - head * 0.62)} ${at(y + head * 1.12)} ${at(x - head * 0.92)} ${at(y + head * 0.4)} ${at(x - head * 0.9)} ${at(y - head * 0.15)}C${at(x - head * 0.88)} ${at(y - head * 1.3)} ${at(x + head * 0.88)} ${at(y - head * 1.3)} ${at(x + head * 0.9)} ${at(y - head * 0.15)}C${at(x + head * 0.92)} ${at(y + head * 0.4)} ${at(x + head * 0.62)} ${at(y + head * 1.12)} ${at(x)} ${at(y + head * 1.2)}Z`
  sketch.add(`<path d="${face}" fill="${skin}"/>`)
  const clip = sketch.define((id) => `<clipPath id="${id}"><path d="${face}"/></clipPath>`)
  sketch.add(
    `<g clip-path="${clip}"><path d="M${at(x + head * 0.08)} ${at(y - head * 1.4)}Q${at(x + head * 0.3)} ${at(y + head * 0.2)} ${at(x + head * 0.1)} ${at(y + head * 1.4)}H${at(x + head * 1.4)}V${at(y - head * 1.4)}Z" fill="${darken(skin, 0.14)}" opacity="0.8"/></g>`,
  )
  const front = scarf
    ? `M${at(x - head * 1.02)} ${at(y + head * 0.5)}C${at(x - head * 1.1)} ${at(y - head * 1.6)} ${at(x + head * 1.1)} ${at(y - head * 1.6)} ${at(x + head * 1.02)} ${at(y + head * 0.5)}C${at(x + head * 0.86)} ${at(y - head * 0.95)} ${at(x - head * 0.86)} ${at(y - head * 0.95)} ${at(x - head * 1.02)} ${at(y + head * 0.5)}ZM${at(x - head)} ${at(y + head * 0.4)}Q${at(x)} ${at(y + head * 2.35)} ${at(x + head)} ${at(y + head * 0.4)}L${at(x + head * 1.25)} ${at(y + head * 1.5)}Q${at(x)} ${at(y + head * 2.9)} ${at(x - head * 1.25)} ${at(y + head * 1.5)}Z`
    : `M${at(x - head * 0.98)} ${at(y + head * 0.1)}C${at(x - head * 1.1)} ${at(y - head * 1.5)} ${at(x + head * 1.1)} ${at(y - head * 1.55)} ${at(x + head * 0.98)} ${at(y + head * 0.1)}C${at(x + head * 0.8)} ${at(y - head * 0.7)} ${at(x + head * 0.1)} ${at(y - head * 0.5)} ${at(x - head * 0.15)} ${at(y - head * 0.95)}C${at(x - head * 0.3)} ${at(y - head * 0.5)} ${at(x - head * 0.85)} ${at(y - head * 0.4)} ${at(x - head * 0.98)} ${at(y + head * 0.1)}Z`
  sketch.add(
    `<path d="${front}" fill="${scarf ? palette.accent : hair}"${scarf ? ` stroke="${darken(palette.accent, 0.25)}" stroke-width="${at(head * 0.03)}"` : ''}/>`,
  )
}
