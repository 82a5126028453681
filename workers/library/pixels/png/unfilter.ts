import { damaged } from '../picture-error.ts'

export const paeth = (left: number, up: number, corner: number): number => {
  const guess = left + up - corner
  const toLeft = Math.abs(guess - left)
  const toUp = Math.abs(guess - up)
  const toCorner = Math.abs(guess - corner)
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}

/** In place. The first byte of a line names its filter; `step` is the distance to the same channel of the pixel before. */
export function unfilter({
  current,
  previous,
  length,
  step,
}: {
  current: Uint8Array
  previous: Uint8Array
  length: number
  step: number
}): void {
  const filter = current[0]
  const first = step + 1
  const byte = (of: Uint8Array, at: number) => of[at] as number
  if (filter === 0) return
  if (filter === 1) {
    for (let i = first; i < length; i += 1) current[i] = byte(current, i) + byte(current, i - step)
  } else if (filter === 2) {
    for (let i = 1; i < length; i += 1) current[i] = byte(current, i) + byte(previous, i)
  } else if (filter === 3) {
    for (let i = 1; i < length; i += 1) {
      const left = i < first ? 0 : byte(current, i - step)
      current[i] = byte(current, i) + ((left + byte(previous, i)) >> 1)
    }
  } else if (filter === 4) {
    for (let i = 1; i < length && i < first; i += 1) current[i] = byte(current, i) + byte(previous, i)
    for (let i = first; i < length; i += 1) {
      current[i] = byte(current, i) + paeth(byte(current, i - step), byte(previous, i), byte(previous, i - step))
    }
  } else throw damaged()
}
