// How much credit goes back with money: in proportion, exactly as much in the end as went back in all. Pure.

export interface MoneyBack {
  /** The take-back's name: `refund:re_…`, `dispute:dp_…`. */
  id: string
  amountMinor: number
}

/** In the order given: each takes what the sum up to it makes due, less what those before it took. */
export function creditToTake({
  amountMicros,
  paidMinor,
  back,
}: {
  amountMicros: number
  paidMinor: number
  back: MoneyBack[]
}): { id: string; micros: number }[] {
  let returned = 0
  let taken = 0
  return back.map(({ id, amountMinor }) => {
    returned = Math.min(paidMinor, returned + amountMinor)
    const due = paidMinor === 0 ? 0 : Number((BigInt(amountMicros) * BigInt(returned)) / BigInt(paidMinor))
    const micros = due - taken
    taken = due
    return { id, micros }
  })
}
