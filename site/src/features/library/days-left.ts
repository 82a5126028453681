const DAY = 86_400_000

/** Whole days until something deleted is gone for good, the day that has begun counted; 0 where it may go any moment. */
export const daysLeft = (erasedAt: number, now: number): number => Math.max(0, Math.ceil((erasedAt - now) / DAY))
