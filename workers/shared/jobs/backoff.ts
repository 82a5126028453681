const FIRST_MS = 2_000
const LONGEST_MS = 60_000

/** 2 s, 4 s, 8 s …, at most a minute; between half of it and the whole, so that what failed together does not return together. */
export function backoffMs({
  failures,
  random,
  retryAfterMs = 0,
}: {
  /** 1 for the first. */
  failures: number
  random: () => number
  /** What the provider asks for; never less than that. */
  retryAfterMs?: number
}): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  return Math.max(retryAfterMs, Math.round(whole / 2 + (random() * whole) / 2))
}
