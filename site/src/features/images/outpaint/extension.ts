// Handles around a picture: how far it is to grow. On the screen there is a left and a right; what is asked for has a start
// and an end, which follow the line of reading.
import type { Extension } from '../state/draft.ts'

export type Edge = keyof Extension
export const edges = ['top', 'end', 'bottom', 'start'] as const satisfies readonly Edge[]

const MOST = 4_096
/** Models like multiples; eight is fine enough for any eye. */
const UNIT = 8

export const clampSide = (pixels: number): number => Math.max(0, Math.min(MOST, Math.round(pixels / UNIT) * UNIT))

/** How far a handle was pulled outwards, from how far the pointer went on the screen. `share`: screen pixels of one picture pixel. */
export function pulled(
  edge: Edge,
  { dx, dy, share, rtl }: { dx: number; dy: number; share: number; rtl: boolean },
): number {
  const outwards = {
    top: -dy,
    bottom: dy,
    start: rtl ? dx : -dx,
    end: rtl ? -dx : dx,
  }[edge]
  return outwards / share
}

export const withEdge = (extension: Extension, edge: Edge, pixels: number): Extension => ({
  ...extension,
  [edge]: clampSide(pixels),
})

/** Which arrow makes this edge grow: the one that points outwards. */
export function keyStep(edge: Edge, { key, rtl, large }: { key: string; rtl: boolean; large: boolean }): number | null {
  const step = large ? 128 : 32
  const outwards = {
    top: 'ArrowUp',
    bottom: 'ArrowDown',
    start: rtl ? 'ArrowRight' : 'ArrowLeft',
    end: rtl ? 'ArrowLeft' : 'ArrowRight',
  }[edge]
  const inwards = {
    top: 'ArrowDown',
    bottom: 'ArrowUp',
    start: rtl ? 'ArrowLeft' : 'ArrowRight',
    end: rtl ? 'ArrowRight' : 'ArrowLeft',
  }[edge]
  return key === outwards ? step : key === inwards ? -step : null
}

export const grownSize = ({ width, height }: { width: number; height: number }, extension: Extension) => ({
  width: width + extension.start + extension.end,
  height: height + extension.top + extension.bottom,
})

/** The least that has to be added to reach a shape, half on each side. */
export function extensionFor({ width, height }: { width: number; height: number }, ratio: number): Extension {
  const wanted = width / height < ratio ? { width: height * ratio, height } : { width, height: width / ratio }
  const sides = clampSide((wanted.width - width) / 2)
  const ends = clampSide((wanted.height - height) / 2)
  return { top: ends, bottom: ends, start: sides, end: sides }
}
