import { formatNumber } from './format-number.ts'
import type { Locale } from './locales.ts'

const sizes = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

/** 3600 → "1 hour": in the largest unit that leaves nothing over. */
export function formatDuration(locale: Locale, seconds: number): string {
  const { unit, seconds: size } = sizes.find((each) => seconds % each.seconds === 0) ?? sizes[3]
  return formatNumber(locale, seconds / size, { style: 'unit', unit, unitDisplay: 'long' })
}
