import type { Range } from './months.ts'

const DAY = 86_400_000

interface Known {
  day: string
  charged_micros: number
  cost_micros: number
}

export interface EarnedDay {
  at: number
  charged_micros: number
  cost_micros: number
}

/** One for every day of the period: those on which nothing was used are left out of what is known. */
export function everyDay({ from, to }: Range, known: readonly Known[]): EarnedDay[] {
  const byName = new Map(known.map((day) => [day.day, day]))
  const days: EarnedDay[] = []
  for (let at = from; at < to; at += DAY) {
    const day = byName.get(new Date(at).toISOString().slice(0, 10))
    days.push({ at, charged_micros: day?.charged_micros ?? 0, cost_micros: day?.cost_micros ?? 0 })
  }
  return days
}
