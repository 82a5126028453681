import { formatNumber } from './format-number.ts'
import type { Locale } from './locales.ts'

const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** 2400000 → "2.4 MB": as disks are sold, in thousands. */
export function formatBytes(locale: Locale, bytes: number): string {
  let value = bytes
  let step = 0
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1_000
    step += 1
  }
  return formatNumber(locale, value, {
    style: 'unit',
    unit: steps[step],
    // Arabic readers know the words, not their initials.
    unitDisplay: step === 0 || locale.startsWith('ar') ? 'long' : 'short',
    maximumFractionDigits: value >= 100 || step === 0 ? 0 : 1,
  })
}
