import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { formatMoney } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { barAt, chartGeometry, labelledDays, piecesOf } from './chart-geometry.ts'
import { dearest } from './daily-series.ts'
import type { Day } from './daily-series.ts'
import type { StackedDay } from './stacked-days.ts'
import { stepDay } from './step-day.ts'

const HEIGHT = 260
const LABEL_HALF = 30

export interface ChartGroup {
  name: string
  colour: string
}

/** What was spent on each day, and on what. One stop for the keyboard: arrow keys walk the days, and each is read out. */
export function DailyChart({ days, groups }: { days: StackedDay[]; groups: ChartGroup[] }) {
  const t = useTranslate()
  const locale = useLocale()
  const { frame, size, direction } = useFrame()
  const [active, setActive] = useState<number | null>(null)
  const geometry = chartGeometry({ values: days.map(({ micros }) => micros), width: size, height: HEIGHT, direction })
  const { plot } = geometry
  const dayText = (day: Day) => formatTime(locale, day.at, 'day', 'UTC')
  const partsOf = ({ parts }: StackedDay) =>
    groups.flatMap(({ name, colour }, at) =>
      parts[at] ? [{ name, colour, amount: formatMoney(locale, parts[at], 'short') }] : [],
    )
  const pointText = (day: StackedDay) =>
    [
      t('usage.chart-point', {
        day: dayText(day),
        amount: formatMoney(locale, day.micros),
        requests: t('usage.requests', { count: day.requests }),
      }),
      ...partsOf(day).map(({ name, amount }) => t('usage.chart-part', { name, amount })),
    ].join(' · ')
  const chosen = Math.min(active ?? days.length - 1, days.length - 1)

  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepDay({ key: event.key, from: chosen, count: days.length, direction })
    if (next === null) return
    event.preventDefault()
    setActive(next)
  }
  const onPointerMove = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect()
    if (box) setActive(barAt(geometry, event.clientX - box.x))
  }
  const axisX = direction === 'rtl' ? plot.width + 8 : plot.x - 8
  return (
    <figure class="usage-chart" ref={frame}>
      <figcaption class="visually-hidden">{summaryOf(days, { locale, t })}</figcaption>
      <svg
        class="usage-chart-drawing"
        width={size}
        height={HEIGHT}
        aria-hidden="true"
        onPointerMove={onPointerMove}
        onPointerLeave={() => setActive(null)}
      >
        {geometry.ticks.map((tick) => (
          <g key={tick.value}>
            <line class="usage-chart-grid" x1={plot.x} x2={plot.x + plot.width} y1={tick.y} y2={tick.y} />
            <text class="usage-chart-amount" x={axisX} y={tick.y} dy="0.32em" direction={direction} text-anchor="end">
              {formatMoney(locale, tick.value, 'short')}
            </text>
          </g>
        ))}
        {geometry.bars.map((bar, index) => (
          <g key={days[index]?.at} class={index === active ? 'usage-chart-day is-active' : 'usage-chart-day'}>
            <rect class="usage-chart-slot" x={bar.slot.x} y={plot.y} width={bar.slot.width} height={plot.height} />
            {piecesOf(bar, days[index]?.parts ?? []).map(
              (piece, at) =>
                piece.height > 0 && (
                  <rect
                    key={at}
                    x={bar.x}
                    y={piece.y}
                    width={bar.width}
                    height={piece.height}
                    style={{ fill: groups[at]?.colour }}
                  />
                ),
            )}
          </g>
        ))}
        {labelledDays({ count: days.length, width: plot.width, labelWidth: 78 }).map((index) => {
          const { slot } = geometry.bars[index]!
          return (
            <text
              key={index}
              class="usage-chart-label"
              x={labelPlace(slot.x + slot.width / 2, size)}
              y={HEIGHT - 6}
              text-anchor="middle"
            >
              {dayText(days[index]!)}
            </text>
          )
        })}
      </svg>
      <div
        class="usage-chart-scrubber"
        role="slider"
        tabIndex={0}
        aria-label={t('usage.chart-scrubber')}
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={chosen + 1}
        aria-valuetext={days[chosen] && pointText(days[chosen])}
        onKeyDown={onKeyDown}
        onFocus={() => setActive((now) => now ?? days.length - 1)}
        onBlur={() => setActive(null)}
      />
      {active !== null && days[active] && geometry.bars[active] && (
        <Tooltip
          text={dayText(days[active])}
          amount={formatMoney(locale, days[active].micros)}
          requests={t('usage.requests', { count: days[active].requests })}
          parts={partsOf(days[active])}
          at={tooltipPlace(geometry.bars[active].slot, { size, direction })}
        />
      )}
    </figure>
  )
}

interface TooltipProps {
  text: string
  amount: string
  requests: string
  parts: { name: string; colour: string; amount: string }[]
  at: number
}

function Tooltip({ text, amount, requests, parts, at }: TooltipProps) {
  return (
    <div class="usage-chart-tooltip" aria-hidden="true" style={{ insetInlineStart: `${at}px` }}>
      <span>{text}</span>
      <bdi class="money">{amount}</bdi>
      <span>{requests}</span>
      {parts.length > 1 &&
        parts.map((part) => (
          <span key={part.name} class="usage-chart-part">
            <span class="usage-swatch" style={{ background: part.colour }} />
            <bdi>{part.name}</bdi>
            <bdi>{part.amount}</bdi>
          </span>
        ))}
    </div>
  )
}

/** A day's name that would stick out at the edge is moved in. */
const labelPlace = (middle: number, size: number): number => Math.min(Math.max(middle, LABEL_HALF), size - LABEL_HALF)

/** The tooltip's middle, measured from the start of the line and kept within the chart. */
function tooltipPlace(
  slot: { x: number; width: number },
  { size, direction }: { size: number; direction: 'ltr' | 'rtl' },
): number {
  const middle = slot.x + slot.width / 2
  const fromStart = direction === 'rtl' ? size - middle : middle
  return Math.min(Math.max(fromStart, 80), Math.max(80, size - 80))
}

function summaryOf(days: Day[], { locale, t }: { locale: string; t: ReturnType<typeof useTranslate> }): string {
  const top = dearest(days)
  const [first, last] = [days[0], days.at(-1)]
  if (!top || !first || !last) return ''
  const day = (at: number) => formatTime(locale, at, 'date', 'UTC')
  const total = days.reduce((sum, { micros }) => sum + micros, 0)
  return t('usage.chart-summary', {
    total: formatMoney(locale, total),
    from: day(first.at),
    to: day(last.at),
    day: day(top.at),
    amount: formatMoney(locale, top.micros),
  })
}

/** How much room there is, and which way one reads. */
function useFrame() {
  const frame = useRef<HTMLElement>(null)
  const [size, setSize] = useState(640)
  const [direction, setDirection] = useState<'ltr' | 'rtl'>('ltr')
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    setDirection(element.matches(':dir(rtl)') ? 'rtl' : 'ltr')
    const measure = () => setSize(Math.max(240, Math.floor(element.clientWidth)))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { frame, size, direction }
}
