/** What each of several pictures has cost: whole micros that add up to the charge, the first bearing what is left over. */
export function splitCost(amountMicros: number, count: number): number[] {
  if (count === 0) return []
  const each = Math.floor(amountMicros / count)
  const rest = amountMicros - each * count
  return Array.from({ length: count }, (_, at) => each + (at < rest ? 1 : 0))
}
