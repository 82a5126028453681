import { mix } from '../colour.ts'
import { at, smoothPath, type Point, type Sketch } from '../sketch.ts'

/** What is painted by hand ends before its paper does, and not in a straight line. */
export function drawPaper({ width, height, unit, random, reading, palette, add }: Sketch): void {
  if (reading.style !== 'watercolour' && reading.style !== 'ink' && reading.style !== 'manuscript') return
  const dice = random.branch('paper')
  const [margin, sway] = [unit * 0.035, reading.style === 'manuscript' ? 0 : unit * 0.007]
  const side = (from: Point, to: Point): Point[] =>
    Array.from({ length: 24 }, (_, step) => [
      from[0] + ((to[0] - from[0]) * step) / 24 + dice.between(-sway, sway),
      from[1] + ((to[1] - from[1]) * step) / 24 + dice.between(-sway, sway),
    ])
  const corners: Point[] = [
    [margin, margin],
    [width - margin, margin],
    [width - margin, height - margin],
    [margin, height - margin],
  ]
  const edge = corners.flatMap((corner, index) => side(corner, corners[(index + 1) % 4]!))
  const path = `${smoothPath([...edge, edge[0]!])}Z`
  const paper = reading.style === 'manuscript' ? '#f0dfb8' : '#fbf8f0'
  add(`<path fill-rule="evenodd" d="M0 0H${at(width)}V${at(height)}H0Z${path}" fill="${paper}"/>`)
  if (reading.style === 'manuscript')
    add(
      `<path d="${path}" fill="none" stroke="${mix(palette.accent, '#c9a24a', 0.5)}" stroke-width="${at(unit * 0.009)}"/><path d="${path}" fill="none" stroke="#2c4f7c" stroke-width="${at(unit * 0.002)}"/>`,
    )
}
