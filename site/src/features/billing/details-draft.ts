// Who pays, as it is typed, and the request that it means.
import type { BillingDetails } from '#shared/contracts/billing'
import { complainAboutEmail } from '../../api/auth-rules.ts'
import { readTaxId, taxIdKindOf } from './tax-ids.ts'

export interface DetailsDraft {
  name: string
  email: string
  locale: 'en' | 'ar'
  line1: string
  line2: string
  city: string
  state: string
  postalCode: string
  /** Empty where none is chosen: then there is no address. */
  country: string
  taxId: string
}

export type DetailsFault = 'email-invalid' | 'tax-id-invalid' | 'country-missing'
export type DetailsFaults = Partial<Record<keyof DetailsDraft, DetailsFault>>
export type DetailsReading = { ok: true; body: BillingDetails } | { ok: false; faults: DetailsFaults }

export const detailsDraftOf = (details: BillingDetails): DetailsDraft => ({
  name: details.name ?? '',
  email: details.email ?? '',
  locale: details.locale,
  line1: details.address?.line1 ?? '',
  line2: details.address?.line2 ?? '',
  city: details.address?.city ?? '',
  state: details.address?.state ?? '',
  postalCode: details.address?.postal_code ?? '',
  country: details.address?.country ?? '',
  taxId: details.tax_id?.value ?? '',
})

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

export function readDetailsDraft(draft: DetailsDraft): DetailsReading {
  const faults: DetailsFaults = {}
  const { country } = draft
  const rest = [draft.line1, draft.line2, draft.city, draft.state, draft.postalCode].map(orNull)
  if (orNull(draft.email) !== null && complainAboutEmail(draft.email)) faults.email = 'email-invalid'
  if (country === '' && rest.some((line) => line !== null)) faults.country = 'country-missing'
  const asksTaxId = taxIdKindOf(country || null) !== null && orNull(draft.taxId) !== null
  const taxId = asksTaxId ? readTaxId(draft.taxId, country) : null
  if (asksTaxId && taxId === null) faults.taxId = 'tax-id-invalid'
  if (Object.keys(faults).length > 0) return { ok: false, faults }
  const [line1 = null, line2 = null, city = null, state = null, postal_code = null] = rest
  return {
    ok: true,
    body: {
      name: orNull(draft.name),
      email: orNull(draft.email),
      locale: draft.locale,
      address: country === '' ? null : { line1, line2, city, state, postal_code, country },
      tax_id: taxId,
    },
  }
}
