// Handles around a picture: how far it is to grow. A picture has a left and a right, in whatever language it is looked at.
import type { Extension } from '../state/draft.ts'

export type Edge = keyof Extension
export const edges = ['top', 'right', 'bottom', 'left'] as const satisfies readonly Edge[]

export const edgeName = (edge: Edge) => `images.edge-${edge}` as const

const MOST = 4_096
/** Models like multiples; eight is fine enough for any eye. */
const UNIT = 8

export const clampSide = (pixels: number): number => Math.max(0, Math.min(MOST, Math.round(pixels / UNIT) * UNIT))

/** How far a handle was pulled outwards, from how far the pointer went on the screen. `share`: screen pixels of one picture pixel. */
export function pulled(edge: Edge, { dx, dy, share }: { dx: number; dy: number; share: number }): number {
  const outwards = {
    top: -dy,
    bottom: dy,
    left: -dx,
    right: dx,
  }[edge]
  return outwards / share
}

export const withEdge = (extension: Extension, edge: Edge, pixels: number): Extension => ({
  ...extension,
  [edge]: clampSide(pixels),
})

/** Which arrow makes this edge grow: the one that points outwards. */
export function keyStep(edge: Edge, { key, large }: { key: string; large: boolean }): number | null {
  const step = large ? 128 : 32
  const outwards = {
    top: 'ArrowUp',
    bottom: 'ArrowDown',
    left: 'ArrowLeft',
    right: 'ArrowRight',
  }[edge]
  const inwards = {
    top: 'ArrowDown',
    bottom: 'ArrowUp',
    left: 'ArrowRight',
    right: 'ArrowLeft',
  }[edge]
  return key === outwards ? step : key === inwards ? -step : null
}

export const grownSize = ({ width, height }: { width: number; height: number }, extension: Extension) => ({
  width: width + extension.left + extension.right,
  height: height + extension.top + extension.bottom,
})

/** The least that has to be added to reach a shape, half on each side. */
export function extensionFor({ width, height }: { width: number; height: number }, ratio: number): Extension {
  const wanted = width / height < ratio ? { width: height * ratio, height } : { width, height: width / ratio }
  const sides = clampSide((wanted.width - width) / 2)
  const ends = clampSide((wanted.height - height) / 2)
  return { top: ends, bottom: ends, left: sides, right: sides }
}
