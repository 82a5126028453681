// Where the bars of a chart stand, in pixels. Time runs with the reading direction: in Arabic the newest
// day is on the left and the amounts are written on the right.
export interface Bar {
  x: number
  y: number
  width: number
  height: number
  /** The whole strip that answers to a pointer, gaps included. */
  slot: { x: number; width: number }
}

export interface Tick {
  value: number
  y: number
}

export interface ChartGeometry {
  bars: Bar[]
  ticks: Tick[]
  plot: { x: number; y: number; width: number; height: number }
}

export interface ChartInput {
  values: number[]
  width: number
  height: number
  direction: 'ltr' | 'rtl'
  /** Room for the amounts at the side and for the days below. */
  gutter?: { side: number; below: number; above: number }
}

const GUTTER = { side: 64, below: 28, above: 12 }
const GAP = 0.28
/** The smallest charge is still visible. */
const LEAST = 2
const WIDEST = 48

export function chartGeometry({ values, width, height, direction, gutter = GUTTER }: ChartInput): ChartGeometry {
  const rtl = direction === 'rtl'
  const plot = {
    x: rtl ? 0 : gutter.side,
    y: gutter.above,
    width: Math.max(0, width - gutter.side),
    height: Math.max(0, height - gutter.below - gutter.above),
  }
  const scale = niceScale(Math.max(0, ...values))
  const yOf = (value: number) => plot.y + plot.height - (value / scale.top) * plot.height
  const slotWidth = values.length === 0 ? 0 : plot.width / values.length
  const barWidth = Math.min(WIDEST, slotWidth * (1 - GAP))
  const bars = values.map((value, index) => {
    const place = rtl ? values.length - 1 - index : index
    const slotX = plot.x + place * slotWidth
    const height = value === 0 ? 0 : Math.max(LEAST, plot.y + plot.height - yOf(value))
    return {
      x: slotX + (slotWidth - barWidth) / 2,
      y: plot.y + plot.height - height,
      width: barWidth,
      height,
      slot: { x: slotX, width: slotWidth },
    }
  })
  return { bars, plot, ticks: scale.ticks.map((value) => ({ value, y: yOf(value) })) }
}

/** Two to five round amounts that reach above the greatest value. Whole micros only. */
export function niceScale(greatest: number): { top: number; ticks: number[] } {
  if (greatest <= 0) return { top: 1, ticks: [0] }
  const step = niceStep(greatest / 4)
  const count = Math.ceil(greatest / step)
  return { top: step * count, ticks: Array.from({ length: count + 1 }, (_, index) => index * step) }
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)
  return Math.max(1, step ?? 10 * power)
}

/** Which day stands under a pointer. */
export function barAt(geometry: ChartGeometry, x: number): number | null {
  const index = geometry.bars.findIndex(({ slot }) => x >= slot.x && x < slot.x + slot.width)
  return index === -1 ? null : index
}

/** Which days are named below: as many as fit, the newest always among them. */
export function labelledDays({
  count,
  width,
  labelWidth = 64,
}: {
  count: number
  width: number
  labelWidth?: number
}): number[] {
  if (count === 0) return []
  const every = Math.max(1, Math.ceil((count * labelWidth) / Math.max(1, width)))
  return Array.from({ length: count }, (_, index) => index).filter((index) => (count - 1 - index) % every === 0)
}

/** A bar's pieces from the bottom up. What puts an earlier day right may be below nothing: it has no piece. */
export function piecesOf(bar: Bar, parts: readonly number[]): { y: number; height: number }[] {
  const drawn = parts.map((part) => Math.max(0, part))
  const total = drawn.reduce((sum, part) => sum + part, 0)
  let bottom = bar.y + bar.height
  return drawn.map((part) => {
    const height = total === 0 ? 0 : (part / total) * bar.height
    bottom -= height
    return { y: bottom, height }
  })
}
