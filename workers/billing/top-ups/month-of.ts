/** When the calendar month of a moment began (UTC). */
export const monthOf = (now: number): number => {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
}
