// What a tax id looks like, by its type as Stripe names it. Whether it belongs to somebody is Stripe's to find out.

interface TaxIdForm {
  pattern: RegExp
  /** An example, shown to whoever got it wrong. */
  example: string
}

/** Members of the European Union, by the letters that a VAT number begins with. */
const european: Record<string, TaxIdForm> = {
  AT: { pattern: /^ATU\d{8}$/, example: 'ATU12345678' },
  BE: { pattern: /^BE[01]\d{9}$/, example: 'BE0123456789' },
  BG: { pattern: /^BG\d{9,10}$/, example: 'BG0123456789' },
  CY: { pattern: /^CY\d{8}[A-Z]$/, example: 'CY12345678Z' },
  CZ: { pattern: /^CZ\d{8,10}$/, example: 'CZ1234567890' },
  DE: { pattern: /^DE\d{9}$/, example: 'DE123456789' },
  DK: { pattern: /^DK\d{8}$/, example: 'DK12345678' },
  EE: { pattern: /^EE\d{9}$/, example: 'EE123456789' },
  EL: { pattern: /^EL\d{9}$/, example: 'EL123456789' },
  ES: { pattern: /^ES[A-Z0-9]\d{7}[A-Z0-9]$/, example: 'ESA1234567Z' },
  FI: { pattern: /^FI\d{8}$/, example: 'FI12345678' },
  FR: { pattern: /^FR[A-HJ-NP-Z0-9]{2}\d{9}$/, example: 'FRAB123456789' },
  HR: { pattern: /^HR\d{11}$/, example: 'HR12345678912' },
  HU: { pattern: /^HU\d{8}$/, example: 'HU12345678' },
  IE: { pattern: /^IE\d[A-Z0-9+*]\d{5}[A-Z]{1,2}$/, example: 'IE1234567AB' },
  IT: { pattern: /^IT\d{11}$/, example: 'IT12345678912' },
  LT: { pattern: /^LT(\d{9}|\d{12})$/, example: 'LT123456789123' },
  LU: { pattern: /^LU\d{8}$/, example: 'LU12345678' },
  LV: { pattern: /^LV\d{11}$/, example: 'LV12345678912' },
  MT: { pattern: /^MT\d{8}$/, example: 'MT12345678' },
  NL: { pattern: /^NL[A-Z0-9+*]{9}B[A-Z0-9+*]{2}$/, example: 'NL123456789B12' },
  PL: { pattern: /^PL\d{10}$/, example: 'PL1234567890' },
  PT: { pattern: /^PT\d{9}$/, example: 'PT123456789' },
  RO: { pattern: /^RO\d{2,10}$/, example: 'RO1234567891' },
  SE: { pattern: /^SE\d{12}$/, example: 'SE123456789123' },
  SI: { pattern: /^SI\d{8}$/, example: 'SI12345678' },
  SK: { pattern: /^SK\d{10}$/, example: 'SK1234567891' },
  XI: { pattern: /^XI(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, example: 'XI123456789' },
}

/** The Gulf's own, and neighbours' that are asked for often. What is not here, Stripe alone judges. */
const forms: Record<string, TaxIdForm> = {
  sa_vat: { pattern: /^3\d{13}3$/, example: '300000000000003' },
  ae_trn: { pattern: /^\d{15}$/, example: '100123456789012' },
  bh_vat: { pattern: /^\d{15}$/, example: '123456789012345' },
  om_vat: { pattern: /^OM\d{10}$/, example: 'OM1234567890' },
  eg_tin: { pattern: /^\d{9}$/, example: '123456789' },
  gb_vat: { pattern: /^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/, example: 'GB123456789' },
  ch_vat: { pattern: /^CHE\d{9}(MWST|TVA|IVA)$/, example: 'CHE123456789MWST' },
  no_vat: { pattern: /^\d{9}MVA$/, example: '123456789MVA' },
  us_ein: { pattern: /^\d{9}$/, example: '123456789' },
}

/** Countries of the Gulf without a tax on value added: no number of theirs exists. */
const none: Record<string, string> = { kw: 'Kuwait', qa: 'Qatar' }

const COUNTRY_LETTERS = 2

const ARABIC_ZERO = 0x0660
const PERSIAN_ZERO = 0x06f0

const toLatin = (digit: string): string => {
  const code = digit.charCodeAt(0)
  return String(code - (code >= PERSIAN_ZERO ? PERSIAN_ZERO : ARABIC_ZERO))
}

/** As it is written, in Latin figures and without what people put between them. */
export const plainTaxId = (value: string): string =>
  value
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, toLatin)
    .toUpperCase()
    .replace(/[\s.\-/]/g, '')

/** Null where it may be right; otherwise what to say. */
export function faultOfTaxId({ type, value }: { type: string; value: string }): string | null {
  const plain = plainTaxId(value)
  const country = none[type.slice(0, COUNTRY_LETTERS)]
  if (country !== undefined) return `${country} has no tax on value added, and so no such number`
  const letters = plain.slice(0, COUNTRY_LETTERS)
  if (type === 'eu_vat' && !(letters in european))
    return 'a VAT number begins with the letters of a country, as DE123456789'
  const form = type === 'eu_vat' ? european[letters] : forms[type]
  if (!form || form.pattern.test(plain)) return null
  return `this is not such a number; one looks like ${form.example}`
}
