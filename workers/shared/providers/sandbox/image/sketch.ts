// A picture while it is drawn: markup, and the gradients that it names. Nothing here takes text that a person wrote.
import type { Colour } from './colour.ts'
import type { Palette } from './palette.ts'
import type { Random } from './random.ts'
import type { Reading } from './read-prompt.ts'

export type Stop = readonly [offset: number, colour: Colour, opacity?: number]

export interface Sketch {
  readonly width: number
  readonly height: number
  /** The shorter side: what things are measured by. */
  readonly unit: number
  readonly palette: Palette
  readonly random: Random
  readonly reading: Reading
  add(markup: string): void
  /** From above to below, unless its end is said. Answers what a `fill` is set to. */
  linear(stops: readonly Stop[], end?: { x: number; y: number }): string
  radial(stops: readonly Stop[]): string
  define(markup: (id: string) => string): string
  markup(): string
}

/** Two decimals: enough for any eye, and half as long. */
export const at = (value: number): string => String(Math.round(value * 100) / 100)

export type Point = readonly [x: number, y: number]

export const pathOf = (points: readonly Point[]): string =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${at(x)} ${at(y)}`).join('')

/** Through all points, without corners. */
export function smoothPath(points: readonly Point[]): string {
  const [first] = points
  if (!first) return ''
  let path = `M${at(first[0])} ${at(first[1])}`
  for (let index = 0; index < points.length - 1; index++) {
    const [before, from, to, after] = [-1, 0, 1, 2].map(
      (step) => points[Math.min(points.length - 1, Math.max(0, index + step))]!,
    ) as [Point, Point, Point, Point]
    const one: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6]
    const two: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6]
    path += `C${[...one, ...two, ...to].map(at).join(' ')}`
  }
  return path
}

const stopOf = ([offset, colour, opacity = 1]: Stop): string =>
  `<stop offset="${at(offset)}" stop-color="${colour}"${opacity === 1 ? '' : ` stop-opacity="${at(opacity)}"`}/>`

interface SketchInput {
  width: number
  height: number
  palette: Palette
  random: Random
  reading: Reading
  /** Begins what it names, where one drawing is inside of another. */
  names?: string
}

export function createSketch({ names = 'd', ...input }: SketchInput): Sketch {
  const definitions: string[] = []
  const parts: string[] = []
  const define = (markup: (id: string) => string): string => {
    const id = `${names}${definitions.length}`
    definitions.push(markup(id))
    return `url(#${id})`
  }
  const { width, height, palette, random, reading } = input
  return {
    width,
    height,
    palette,
    random,
    reading,
    unit: Math.min(input.width, input.height),
    define,
    add: (markup) => void parts.push(markup),
    linear: (stops, end = { x: 0, y: 1 }) =>
      define(
        (id) =>
          `<linearGradient id="${id}" x1="0" y1="0" x2="${at(end.x)}" y2="${at(end.y)}">${stops.map(stopOf).join('')}</linearGradient>`,
      ),
    radial: (stops) =>
      define(
        (id) => `<radialGradient id="${id}" cx="0.5" cy="0.5" r="0.5">${stops.map(stopOf).join('')}</radialGradient>`,
      ),
    markup: () => `<defs>${definitions.join('')}</defs>${parts.join('')}`,
  }
}
