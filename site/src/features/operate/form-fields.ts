// What forms of operators share: texts in both languages, counts and amounts as they are typed.
import { parseNumber } from '../../i18n/parse-number.ts'
import type { AmountFault } from '../../ui/read-amount.ts'
import { readCount } from '../../ui/read-count.ts'
import { readMinor } from '../billing/read-minor.ts'

export type Fault =
  | AmountFault
  | 'amount-fraction'
  | 'amount-last-digit'
  | 'text-missing'
  | 'text-long'
  | 'count-invalid'
  | 'price-missing'
  | 'currency-invalid'
  | 'currency-twice'
  | 'id-invalid'
  | 'id-taken'
  | 'models-invalid'
  | 'seats-order'

/** By the path of the field: `name.en`, `prices.2.month`. */
export type Faults = Record<string, Fault>

export const TEXT_MAX = 200

/** Bahrain, Jordan, Kuwait, Oman and Tunisia count thousandths, and cards are charged in whole hundredths of them. */
const lastDigitIsZero = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd'])

/** Collects what is wrong while a form is read; a value is still needed then, and is not used. */
export class Reader {
  readonly faults: Faults = {}

  text(path: string, text: string): string {
    const trimmed = text.trim()
    if (trimmed === '') this.faults[path] = 'text-missing'
    else if (trimmed.length > TEXT_MAX) this.faults[path] = 'text-long'
    return trimmed
  }

  texts(path: string, { en, ar }: { en: string; ar: string }): { en: string; ar: string } {
    return { en: this.text(`${path}.en`, en), ar: this.text(`${path}.ar`, ar) }
  }

  /** A count that may be left empty where there is no limit. */
  limit(path: string, text: string, { least = 1, most = 1_000_000_000 } = {}): number | null {
    const count = readCount(text, { least, most })
    if (count !== 'invalid') return count
    this.faults[path] = 'count-invalid'
    return null
  }

  count(path: string, text: string, range: { least?: number; most?: number } = {}): number {
    const count = this.limit(path, text, range)
    if (count === null) this.faults[path] = 'count-invalid'
    return count ?? 0
  }

  minor(path: string, text: string, currency: string, most?: number): number {
    const reading = readMinor(text, currency, most)
    if (!reading.ok) {
      this.faults[path] = reading.fault
      return 0
    }
    if (lastDigitIsZero.has(currency) && reading.minor % 10 !== 0) this.faults[path] = 'amount-last-digit'
    return reading.minor
  }

  currency(path: string, text: string, seen: Set<string>): string {
    const currency = text.trim().toLowerCase()
    if (!/^[a-z]{3}$/.test(currency)) this.faults[path] = 'currency-invalid'
    else if (seen.has(currency)) this.faults[path] = 'currency-twice'
    seen.add(currency)
    return currency
  }

  /** Gigabytes as typed, in bytes; empty for no limit. */
  gigabytes(path: string, text: string): number | null {
    if (text.trim() === '') return null
    const typed = parseNumber(text)
    const bytes = typed === null ? Number.NaN : Math.round(typed * 1e9)
    if (Number.isSafeInteger(bytes) && bytes >= 0) return bytes
    this.faults[path] = 'count-invalid'
    return null
  }

  get isFine(): boolean {
    return Object.keys(this.faults).length === 0
  }
}

const ID = /^[a-z][a-z0-9_-]{0,30}$/

export function readId(reader: Reader, id: string, taken: readonly string[]): string {
  const trimmed = id.trim()
  if (!ID.test(trimmed)) reader.faults.id = 'id-invalid'
  else if (taken.includes(trimmed)) reader.faults.id = 'id-taken'
  return trimmed
}
