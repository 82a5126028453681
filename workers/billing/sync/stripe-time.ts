// Stripe counts seconds, we count milliseconds.
export const toMilliseconds = (seconds: number): number => seconds * 1_000

export const momentOf = (seconds: number | null | undefined): number | null =>
  seconds === null || seconds === undefined ? null : toMilliseconds(seconds)

export const toSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1_000)
