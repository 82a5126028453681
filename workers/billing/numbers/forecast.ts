// What a period comes to should its days go on as the latest ones were: the mean of whole days, for the days that are
// left. The range is where four of five such sums fall if days are independent of one another; it knows nothing of
// weekends, holidays or plans, and it is wide where the days differ.
import { DAY_MS } from './days.ts'

export interface ForecastInput {
  now: number
  end: number
  /** Since the period began. */
  spentMicros: number
  /** Whole days, the latest ones, those without a charge among them. */
  wholeDays: readonly number[]
  /** Of the day that is not over. */
  todayMicros: number
}

export interface Forecast {
  expectedMicros: number
  lowMicros: number
  highMicros: number
  perDayMicros: number
  basedOnDays: number
}

/** A tenth of a normal distribution is beyond it, on either side. */
const EIGHT_OF_TEN = 1.2816

/** Estimates are rounded to whole micros; nothing is charged by them. */
export function forecastOf({ now, end, spentMicros, wholeDays, todayMicros }: ForecastInput): Forecast {
  const count = wholeDays.length
  const left = Math.max(0, end - now) / DAY_MS
  const mean = count === 0 ? todayMicros : wholeDays.reduce((sum, micros) => sum + micros, 0) / count
  const rest = mean * left
  // With a day or none there is no telling how days differ: anything from nothing to twice as much.
  let width = rest
  if (count > 1) {
    const variance = wholeDays.reduce((sum, micros) => sum + (micros - mean) ** 2, 0) / (count - 1)
    // The mean itself is known from so many days only.
    width = EIGHT_OF_TEN * Math.sqrt(variance * left * (1 + left / count))
  }
  return {
    expectedMicros: Math.round(spentMicros + rest),
    lowMicros: Math.round(spentMicros + Math.max(0, rest - width)),
    highMicros: Math.round(spentMicros + rest + width),
    perDayMicros: Math.round(mean),
    basedOnDays: count,
  }
}
