const PERCENT = /(\d{1,3})(?:\.\d+)?\s?%/g

/** The last percentage that a log speaks of, as a share. Null where it speaks of none. */
export function progressOf(log: string): number | null {
  const last = Array.from(log.matchAll(PERCENT)).at(-1)?.[1]
  return last === undefined ? null : Math.min(100, Number(last)) / 100
}
