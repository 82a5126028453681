// Tax ids as Stripe names them, by the country of the address. A wrong digit is told before an invoice bears it.
import { toLatinDigits } from '../../i18n/parse-number.ts'
import type { Key } from '../../i18n/locales.ts'

export interface TaxIdKind {
  /** Stripe's name of it. */
  type: string
  label: Key
  example: string
  pattern: RegExp
}

const vat = (type: string, example: string, pattern: RegExp): TaxIdKind => ({
  type,
  label: 'billing.tax-id-vat',
  example,
  pattern,
})
const number = (type: string, example: string, pattern: RegExp): TaxIdKind => ({
  type,
  label: 'billing.tax-id-number',
  example,
  pattern,
})

const european = vat('eu_vat', 'DE123456789', /^[A-Z]{2}[A-Z0-9+*]{2,12}$/)

const kinds: Record<string, TaxIdKind> = {
  SA: vat('sa_vat', '300000000000003', /^3\d{13}3$/),
  AE: { type: 'ae_trn', label: 'billing.tax-id-trn', example: '100123456700003', pattern: /^\d{15}$/ },
  BH: vat('bh_vat', '123456789012345', /^\d{15}$/),
  OM: vat('om_vat', 'OM1234567890', /^OM\d{10}$/),
  EG: number('eg_tin', '123456789', /^\d{9}$/),
  MA: vat('ma_vat', '12345678', /^\d{8}$/),
  TR: number('tr_tin', '1234567890', /^\d{10}$/),
  GB: vat('gb_vat', 'GB123456789', /^GB(\d{9}|\d{12}|GD\d{3}|HA\d{3})$/),
  CH: vat('ch_vat', 'CHE123456789MWST', /^CHE\d{9}(MWST|TVA|IVA)$/),
  NO: vat('no_vat', '123456789MVA', /^\d{9}MVA$/),
  US: number('us_ein', '12-3456789', /^\d{9}$/),
  CA: number('ca_gst_hst', '123456789RT0002', /^\d{9}RT\d{4}$/),
  IN: number('in_gst', '12ABCDE3456FGZH', /^\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]{3}$/),
  AU: number('au_abn', '12345678912', /^\d{11}$/),
  NZ: number('nz_gst', '123456789', /^\d{8,9}$/),
  SG: number('sg_gst', 'M12345678X', /^[A-Z0-9]{8,10}$/),
  JP: number('jp_trn', 'T1234567891234', /^T?\d{13}$/),
  ZA: vat('za_vat', '4123456789', /^4\d{9}$/),
}

/** Their own prefix in a VAT number; Greece writes EL. */
const union: Record<string, string> = Object.fromEntries(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'
    .split(' ')
    .map((country) => [country, country === 'GR' ? 'EL' : country]),
)

/** Null where the country has none that Stripe puts on an invoice, as Kuwait and Qatar. */
export const taxIdKindOf = (country: string | null): TaxIdKind | null =>
  country === null ? null : (kinds[country] ?? (union[country] ? european : null))

/** As people write them: in Arabic digits, in groups, in small letters. */
export const cleanTaxId = (text: string): string =>
  toLatinDigits(text)
    .replace(/[\s.\-/]/g, '')
    .toUpperCase()

/** What is sent, or null where this country's tax ids do not look like that. */
export function readTaxId(text: string, country: string): { type: string; value: string } | null {
  const kind = taxIdKindOf(country)
  const value = cleanTaxId(text)
  if (!kind?.pattern.test(value)) return null
  if (kind === european && !value.startsWith(union[country] ?? '')) return null
  // Stripe knows this one only with its stroke.
  return { type: kind.type, value: kind.type === 'us_ein' ? `${value.slice(0, 2)}-${value.slice(2)}` : value }
}
