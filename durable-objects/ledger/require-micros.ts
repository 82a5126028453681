// What comes from outside as an amount, a count or a time: a whole number that is not below zero.
export function requireMicros(...amounts: number[]): void {
  for (const amount of amounts)
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`not an amount of micros: ${amount}`)
}
