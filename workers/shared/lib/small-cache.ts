/** Remembers a few recent results of a pure function, for what every request of a busy caller computes again. */
export interface SmallCache<T> {
  get(key: string): T | undefined
  set(key: string, value: T): T
}

/** The oldest entry makes room: a cache that grows with its callers would be a leak. */
export function createSmallCache<T>(size: number): SmallCache<T> {
  const entries = new Map<string, T>()
  return {
    get: (key) => entries.get(key),
    set(key, value) {
      if (entries.size >= size) entries.delete(entries.keys().next().value!)
      entries.set(key, value)
      return value
    },
  }
}
