import { minorDigits } from '../../i18n/format-currency.ts'
import { readAmount } from '../../ui/read-amount.ts'
import type { AmountFault } from '../../ui/read-amount.ts'

export type MinorReading = { ok: true; minor: number } | { ok: false; fault: AmountFault | 'amount-fraction' }

/** A sum of money that is paid, as typed, in its currency's smallest unit. */
export function readMinor(text: string, currency: string, most = 99_999_999): MinorReading {
  const reading = readAmount(text)
  if (!reading.ok) return reading
  const unit = 10 ** (6 - minorDigits(currency))
  if (reading.micros % unit !== 0) return { ok: false, fault: 'amount-fraction' }
  const minor = reading.micros / unit
  return minor > most ? { ok: false, fault: 'amount-too-large' } : { ok: true, minor }
}
