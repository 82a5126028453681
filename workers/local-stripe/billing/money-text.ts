const formatOf = (currency: string) => new Intl.NumberFormat('en-US', { style: 'currency', currency })

/** Minor units as people read them: 2000 usd is $20.00. */
export function moneyText({ amount, currency }: { amount: number; currency: string }): string {
  const format = formatOf(currency)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}

/** `15 Nov 2026`, as Stripe writes dates into the lines of prorations. */
export const dateText = (seconds: number): string =>
  new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    seconds * 1000,
  )
