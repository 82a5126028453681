// Account numbers of banks: a country, a check, and as many letters and digits as that country has.
import { endOfRun, isAlphanumeric, isLatin } from '../matching/characters.ts'
import type { CreateScanner } from '../matching/scanner.ts'
import { passesMod97 } from './checksums.ts'

/** https://www.swift.com/standards/data-standards/iban-international-bank-account-number */
const LENGTHS =
  'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'
const lengths = new Map(
  Array.from({ length: LENGTHS.length / 4 }, (_, at) => [
    LENGTHS.slice(at * 4, at * 4 + 2),
    Number(LENGTHS.slice(at * 4 + 2, at * 4 + 4)),
  ]),
)

const START = /[A-Za-z]{2}\d{2}/g
/** What the beginning of one can look like at the end of a text. */
const PARTIAL = /[A-Za-z]{1,2}\d?$/

const isSeparator = (code: number): boolean => code === 32 || code === 45

/** The end of so many letters and digits, with at most one separator between any two; null: there are fewer. */
function endOf(text: string, start: number, length: number): number | null | 'open' {
  let at = start
  for (let count = 0; count < length; count++) {
    if (count > 0 && isSeparator(text.charCodeAt(at))) at++
    if (at >= text.length) return 'open'
    if (!isAlphanumeric(text.charCodeAt(at))) return null
    at++
  }
  return at
}

export const ibanScanner: CreateScanner = () => ({
  scan({ plain }, from, final, report) {
    let at = from
    for (;;) {
      START.lastIndex = at
      const start = START.exec(plain)?.index
      if (start === undefined) break
      at = start + 1
      const length = lengths.get(plain.slice(start, start + 2).toUpperCase())
      if (length === undefined || isAlphanumeric(plain.charCodeAt(start - 1))) continue
      const end = endOf(plain, start, length)
      if ((end === 'open' || end === plain.length) && !final) return start
      if (end === 'open' || end === null || isAlphanumeric(plain.charCodeAt(end))) continue
      if (!passesMod97(plain.slice(start, end).replace(/[ -]/g, '').toUpperCase())) continue
      report({ start, end, kind: 'iban' })
      at = end
    }
    if (final) return plain.length
    // Nothing before the last three characters can begin one any more.
    const partial = PARTIAL.exec(plain.slice(Math.max(at, plain.length - 3)))
    if (!partial) return plain.length
    const start = plain.length - partial[0].length
    return isAlphanumeric(plain.charCodeAt(start - 1)) || endOfRun(plain, start, isLatin) === start
      ? plain.length
      : start
  },
})
