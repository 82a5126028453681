/** Standard rates in hundredths of a percent; where nothing is listed, the local seller collects nothing. */
const listed =
  'SA 1500, AE 500, BH 1000, OM 500, KW 0, QA 0, GB 2000, EG 1400, JO 1600, AT 2000, BE 2100, BG 2000, HR 2500, ' +
  'CY 1900, CZ 2100, DK 2500, EE 2400, FI 2550, FR 2000, DE 1900, GR 2400, HU 2700, IE 2300, IT 2200, LV 2100, ' +
  'LT 2100, LU 1700, MT 1800, NL 2100, PL 2300, PT 2300, RO 2100, SK 2300, SI 2200, ES 2100, SE 2500'

export const standardRates: Record<string, number> = Object.fromEntries(
  listed.split(', ').map((entry) => [entry.slice(0, 2), Number(entry.slice(3))]),
)

export interface TaxedCustomer {
  country: string | null
  /** As the customer record says: `none`, `exempt` or `reverse`. */
  exempt: string
  taxIds: { type: string; value: string; verification: string | null }[]
}

export type TaxabilityReason =
  | 'standard_rated'
  | 'reverse_charge'
  | 'customer_exempt'
  | 'not_collecting'
  | 'not_subject_to_tax'

export interface TaxDecision {
  status: 'complete' | 'requires_location_inputs'
  country: string | null
  rate: number
  reason: TaxabilityReason
}

const businessTaxIds: Record<string, string> = { gb_vat: 'GB', sa_vat: 'SA', ae_trn: 'AE', bh_vat: 'BH', om_vat: 'OM' }

/** A European number begins with its country; Greece writes itself EL there. */
function countryOfTaxId({ type, value }: { type: string; value: string }): string | null {
  if (type !== 'eu_vat') return businessTaxIds[type] ?? null
  const prefix = value.slice(0, 2).toUpperCase()
  return prefix === 'EL' ? 'GR' : prefix
}

function isBusinessIn({ customer, country }: { customer: TaxedCustomer; country: string }): boolean {
  return customer.taxIds.some((id) => id.verification !== 'unverified' && countryOfTaxId(id) === country)
}

/** Which tax a customer pays to a seller of another or the same country. */
export function taxDecision({
  customer,
  sellerCountry,
}: {
  customer: TaxedCustomer
  sellerCountry: string
}): TaxDecision {
  const { country } = customer
  if (!country) return { status: 'requires_location_inputs', country: null, rate: 0, reason: 'not_collecting' }
  const decided = { status: 'complete', country } as const
  if (customer.exempt === 'exempt') return { ...decided, rate: 0, reason: 'customer_exempt' }
  if (customer.exempt === 'reverse') return { ...decided, rate: 0, reason: 'reverse_charge' }
  const rate = standardRates[country]
  if (rate === undefined) return { ...decided, rate: 0, reason: 'not_collecting' }
  if (rate === 0) return { ...decided, rate: 0, reason: 'not_subject_to_tax' }
  if (country !== sellerCountry && isBusinessIn({ customer, country })) {
    return { ...decided, rate: 0, reason: 'reverse_charge' }
  }
  return { ...decided, rate, reason: 'standard_rated' }
}
