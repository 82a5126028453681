import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { OperatorNumbers } from '#shared/contracts/billing-administration'
import { formatMoney } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { barAt, chartGeometry, labelledDays } from '../usage/chart-geometry.ts'
import { stepDay } from '../usage/step-day.ts'
import { everyDay } from './every-day.ts'
import { marginMicros } from './margin.ts'
import type { Range } from './months.ts'

const HEIGHT = 260
const LABEL_HALF = 30

/** What was charged on each day, and within it what the providers took. Arrow keys walk the days. */
export function MarginChart({ days: known, range }: { days: OperatorNumbers['days']; range: Range }) {
  const t = useTranslate()
  const locale = useLocale()
  const { frame, size, direction } = useFrame()
  const [active, setActive] = useState<number | null>(null)
  const days = everyDay(range, known)
  const values = days.map(({ charged_micros, cost_micros }) => Math.max(charged_micros, cost_micros))
  const geometry = chartGeometry({ values, width: size, height: HEIGHT, direction })
  const { plot } = geometry
  const top = geometry.ticks.at(-1)?.value || 1
  const dayText = (at: number) => formatTime(locale, at, 'day', 'UTC')
  const chosen = Math.min(active ?? days.length - 1, days.length - 1)
  const pointText = (at: number) => {
    const day = days[at]
    if (!day) return ''
    return t('operate.chart-point', {
      day: dayText(day.at),
      charged: formatMoney(locale, day.charged_micros, 'short'),
      cost: formatMoney(locale, day.cost_micros, 'short'),
      margin: formatMoney(locale, marginMicros(day), 'short'),
    })
  }
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
  const heightOf = (micros: number) => (micros === 0 ? 0 : Math.max(2, (micros / top) * plot.height))
  return (
    <figure class="operate-chart" ref={frame}>
      <svg
        width={size}
        height={HEIGHT}
        aria-hidden="true"
        onPointerMove={onPointerMove}
        onPointerLeave={() => setActive(null)}
      >
        {geometry.ticks.map((tick) => (
          <g key={tick.value}>
            <line class="operate-chart-grid" x1={plot.x} x2={plot.x + plot.width} y1={tick.y} y2={tick.y} />
            <text
              class="operate-chart-text"
              x={direction === 'rtl' ? plot.width + 8 : plot.x - 8}
              y={tick.y}
              dy="0.32em"
              direction={direction}
              text-anchor="end"
            >
              {formatMoney(locale, tick.value, 'short')}
            </text>
          </g>
        ))}
        {geometry.bars.map((bar, index) => {
          const day = days[index]!
          const base = plot.y + plot.height
          const [charged, cost] = [heightOf(day.charged_micros), heightOf(day.cost_micros)]
          return (
            <g key={day.at} class={index === active ? 'operate-chart-day is-active' : 'operate-chart-day'}>
              <rect class="operate-chart-slot" x={bar.slot.x} y={plot.y} width={bar.slot.width} height={plot.height} />
              <rect
                class="operate-chart-charged"
                x={bar.x}
                y={base - charged}
                width={bar.width}
                height={charged}
                rx={2}
              />
              <rect
                class="operate-chart-cost"
                x={bar.x + bar.width * 0.25}
                y={base - cost}
                width={bar.width * 0.5}
                height={cost}
                rx={2}
              />
            </g>
          )
        })}
        {labelledDays({ count: days.length, width: plot.width, labelWidth: 78 }).map((index) => {
          const { slot } = geometry.bars[index]!
          const middle = Math.min(Math.max(slot.x + slot.width / 2, LABEL_HALF), size - LABEL_HALF)
          return (
            <text key={index} class="operate-chart-text" x={middle} y={HEIGHT - 6} text-anchor="middle">
              {dayText(days[index]!.at)}
            </text>
          )
        })}
      </svg>
      <div
        class="operate-chart-scrubber"
        role="slider"
        tabIndex={0}
        aria-label={t('operate.chart-scrubber')}
        aria-valuemin={1}
        aria-valuemax={days.length}
        aria-valuenow={chosen + 1}
        aria-valuetext={pointText(chosen)}
        onKeyDown={onKeyDown}
        onFocus={() => setActive((now) => now ?? days.length - 1)}
        onBlur={() => setActive(null)}
      />
      <figcaption class="operate-chart-caption">
        <span class="cluster">
          <span class="operate-key operate-key-charged">{t('operate.charged')}</span>
          <span class="operate-key operate-key-cost">{t('operate.cost')}</span>
        </span>
        <span aria-hidden="true">{pointText(chosen)}</span>
      </figcaption>
    </figure>
  )
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
    const measure = () => setSize(Math.max(220, Math.floor(element.clientWidth)))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return { frame, size, direction }
}
