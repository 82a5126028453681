// Which of PNG's filters leaves the smallest differences: the usual guess at what deflates best.
import { paeth } from './unfilter.ts'

interface Row {
  current: Uint8Array
  previous: Uint8Array
  step: number
  /** One byte longer than the row, for the filter's name. */
  out: Uint8Array
}

const byte = (of: Uint8Array, at: number) => of[at] as number
const small = (difference: number) => {
  const low = difference & 255
  return low < 128 ? low : 256 - low
}

/** None, left, up and Paeth; the mean of two seldom wins and costs as much. */
function costs({ current, previous, step }: Row): [number, number, number, number] {
  let none = 0
  let left = 0
  let up = 0
  let both = 0
  for (let i = 0; i < current.length; i += 1) {
    const here = byte(current, i)
    const before = i < step ? 0 : byte(current, i - step)
    const above = byte(previous, i)
    none += small(here)
    left += small(here - before)
    up += small(here - above)
    both += small(here - paeth(before, above, i < step ? 0 : byte(previous, i - step)))
  }
  return [none, left, up, both]
}

export function filterRow(row: Row): void {
  const { current, previous, step, out } = row
  const sums = costs(row)
  const best = sums.indexOf(Math.min(...sums))
  out[0] = [0, 1, 2, 4][best] as number
  for (let i = 0; i < current.length; i += 1) {
    const before = i < step ? 0 : byte(current, i - step)
    const above = byte(previous, i)
    const guess =
      best === 0
        ? 0
        : best === 1
          ? before
          : best === 2
            ? above
            : paeth(before, above, i < step ? 0 : byte(previous, i - step))
    out[i + 1] = byte(current, i) - guess
  }
}
