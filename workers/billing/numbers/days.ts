// Days are UTC's, as everywhere in the house.
export const DAY_MS = 86_400_000

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

export const dayStart = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS

/** The first moment of the day after; `at` itself where it is one. */
export const dayEnd = (at: number): number => Math.ceil(at / DAY_MS) * DAY_MS
