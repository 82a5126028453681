// Whether a series of samples stands still: the least-squares line through it.
export interface Sample {
  seconds: number
  value: number
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** How much the value grows in a minute. */
export function slopePerMinute(samples: readonly Sample[]): number {
  const [middle, level] = [mean(samples.map(({ seconds }) => seconds)), mean(samples.map(({ value }) => value))]
  const spread = samples.reduce((sum, { seconds }) => sum + (seconds - middle) ** 2, 0)
  if (spread === 0) return 0
  const together = samples.reduce((sum, { seconds, value }) => sum + (seconds - middle) * (value - level), 0)
  return (together / spread) * 60
}

/** The later half by time: what warms up is in the first. */
export function secondHalf(samples: readonly Sample[]): Sample[] {
  const half = ((samples.at(0)?.seconds ?? 0) + (samples.at(-1)?.seconds ?? 0)) / 2
  return samples.filter(({ seconds }) => seconds >= half)
}
