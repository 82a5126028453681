import './meter.css'

export interface MeterProps {
  value: number
  limit: number
  /** The same in words, for whoever cannot see the bar. */
  label: string
}

/** How much of a limit is used. It changes its colour, and its words beside it say the same. */
export function Meter({ value, limit, label }: MeterProps) {
  const share = limit <= 0 ? 1 : Math.min(1, Math.max(0, value / limit))
  const tone = share >= 1 ? 'full' : share >= 0.8 ? 'high' : 'fine'
  return (
    <span
      class={`meter meter-${tone}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={label}
    >
      <span class="meter-fill" style={{ inlineSize: `${share * 100}%` }} />
    </span>
  )
}
