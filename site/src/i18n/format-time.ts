import { intlLocale } from './format-number.ts'
import type { Locale } from './locales.ts'

export type TimeStyle = 'date' | 'time' | 'date-time' | 'day'

const styles: Record<TimeStyle, Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'medium' },
  time: { timeStyle: 'short' },
  'date-time': { dateStyle: 'medium', timeStyle: 'short' },
  day: { day: 'numeric', month: 'short' },
}

/** `timeZone` is for days that are counted in UTC, as the ledger's are. */
export const formatTime = (locale: Locale, at: number, style: TimeStyle = 'date-time', timeZone?: string): string =>
  new Intl.DateTimeFormat(intlLocale(locale), { ...styles[style], calendar: 'gregory', timeZone }).format(at)

const steps = [
  { unit: 'second', size: 1_000, below: 60_000 },
  { unit: 'minute', size: 60_000, below: 3_600_000 },
  { unit: 'hour', size: 3_600_000, below: 86_400_000 },
  { unit: 'day', size: 86_400_000, below: 30 * 86_400_000 },
] as const

/** "3 minutes ago", "in 2 days"; a plain date where that is longer than a month ago. */
export function formatRelativeTime(locale: Locale, at: number, now: number): string {
  const distance = at - now
  const step = steps.find(({ below }) => Math.abs(distance) < below)
  if (!step) return formatTime(locale, at, 'date')
  const amount = Math.trunc(distance / step.size)
  return new Intl.RelativeTimeFormat(intlLocale(locale), { numeric: 'auto' }).format(amount, step.unit)
}
