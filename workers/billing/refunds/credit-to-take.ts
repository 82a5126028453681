// How much credit goes back with money: in proportion, exactly as much in the end as went back in all. Pure.

export interface MoneyBack {
  /** The take-back's name: `refund:re_…`, `dispute:dp_…`. */
  id: string
  amountMinor: number
}

export interface Taken {
  id: string
  /** What is taken for it. */
  micros: number
  /** What is due with it and all before it, with what had expired. */
  dueMicros: number
}

/**
 * In the order given: each takes what the sum up to it makes due, less what those before it took. What had expired when
 * the subscription ended is gone already, as if the money had gone back before: that much is not taken again.
 */
export function creditToTake({
  amountMicros,
  expiredMicros = 0,
  paidMinor,
  back,
}: {
  amountMicros: number
  expiredMicros?: number
  paidMinor: number
  back: MoneyBack[]
}): Taken[] {
  let returned = 0
  let taken = 0
  return back.map(({ id, amountMinor }) => {
    returned = Math.min(paidMinor, returned + amountMinor)
    const dueMicros = paidMinor === 0 ? 0 : Number((BigInt(amountMicros) * BigInt(returned)) / BigInt(paidMinor))
    const toTake = Math.max(0, dueMicros - expiredMicros)
    const micros = toTake - taken
    taken = toTake
    return { id, micros, dueMicros }
  })
}
