// A sum of money as a person types it: in either script's digits and separators, or the reason why it is not one.
import { microsToDecimal } from '../i18n/format-number.ts'
import { parseMicros, toLatinDigits } from '../i18n/parse-number.ts'

export type AmountFault =
  | 'amount-missing'
  | 'amount-unreadable'
  | 'amount-too-fine'
  | 'amount-too-small'
  | 'amount-too-large'
export type AmountReading = { ok: true; micros: number } | { ok: false; fault: AmountFault }

/** A billion dollars: more than anyone means. */
const MOST = 1_000_000_000_000_000

// A comma that cannot be grouping is somebody's decimal comma; it is asked about, never guessed.
const doubtfulGroups = /^-?0+[,\u066c\u060c]|^-?\d{4,}[,\u066c\u060c]|[,\u066c\u060c](?!\d{3}(?:\D|$))/

export function readAmount(
  text: string,
  { least = 0, most = MOST }: { least?: number; most?: number } = {},
): AmountReading {
  const plain = toLatinDigits(text).replace(/[\s\u00a0\u200e\u200f\u061c$]/g, '')
  if (plain === '') return { ok: false, fault: 'amount-missing' }
  if (doubtfulGroups.test(plain)) return { ok: false, fault: 'amount-unreadable' }
  const micros = parseMicros(plain)
  if (micros === null) return { ok: false, fault: whyNot(plain) }
  if (micros < least) return { ok: false, fault: 'amount-too-small' }
  if (micros > most) return { ok: false, fault: 'amount-too-large' }
  return { ok: true, micros }
}

function whyNot(plain: string): AmountFault {
  const number = plain
    .replaceAll('\u066b', '.')
    .replace(/[,\u066c\u060c]/g, '')
    .replace('\u2212', '-')
  const parts = /^-?(\d*)(?:\.(\d*))?$/.exec(number)
  if (!parts || `${parts[1]}${parts[2] ?? ''}` === '') return 'amount-unreadable'
  return (parts[2] ?? '').replace(/0+$/, '').length > 6 ? 'amount-too-fine' : 'amount-too-large'
}

/** An amount as one would type it into a field: 2500000 → "2.5". */
export const typedAmount = (micros: number): string => microsToDecimal(micros).replace(/\.?0+$/, '')
