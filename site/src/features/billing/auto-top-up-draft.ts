// Automatic top-up as it is typed, and the request that it means.
import type { AutoTopUp } from '#shared/contracts/billing'
import type { CreditPack } from '#shared/contracts/plans'
import { minorToDecimal } from '../../i18n/format-currency.ts'
import { readAmount, typedAmount } from '../../ui/read-amount.ts'
import type { AmountFault } from '../../ui/read-amount.ts'
import { readMinor } from './read-minor.ts'

export interface AutoTopUpDraft {
  enabled: boolean
  threshold: string
  packId: string
  currency: string
  maximum: string
}

export type AutoTopUpFault = AmountFault | 'amount-fraction' | 'pack-missing' | 'below-pack'
export type AutoTopUpFaults = Partial<Record<'threshold' | 'packId' | 'maximum', AutoTopUpFault>>
export type AutoTopUpReading = { ok: true; body: AutoTopUp } | { ok: false; faults: AutoTopUpFaults }

export const autoTopUpDraftOf = (state: AutoTopUp, packs: readonly CreditPack[]): AutoTopUpDraft => ({
  enabled: state.enabled,
  threshold: typedAmount(state.threshold_micros),
  packId: state.credit_pack_id ?? packs[0]?.id ?? '',
  currency: state.currency,
  maximum: minorToDecimal(state.monthly_maximum_minor, state.currency),
})

export const packPrice = (pack: CreditPack | undefined, currency: string): number | null =>
  pack?.body.prices.find((price) => price.currency === currency)?.amount_minor ?? null

/** A month's maximum below the price of one pack would never buy anything. */
export function readAutoTopUpDraft(draft: AutoTopUpDraft, packs: readonly CreditPack[]): AutoTopUpReading {
  const faults: AutoTopUpFaults = {}
  const threshold = readAmount(draft.threshold, { most: 1_000_000_000_000 })
  const maximum = readMinor(draft.maximum, draft.currency)
  const price = packPrice(
    packs.find(({ id }) => id === draft.packId),
    draft.currency,
  )
  if (!threshold.ok) faults.threshold = threshold.fault
  if (!maximum.ok) faults.maximum = maximum.fault
  else if (draft.enabled && price !== null && maximum.minor < price) faults.maximum = 'below-pack'
  if (draft.enabled && price === null) faults.packId = 'pack-missing'
  if (!threshold.ok || !maximum.ok || Object.keys(faults).length > 0) return { ok: false, faults }
  return {
    ok: true,
    body: {
      enabled: draft.enabled,
      threshold_micros: threshold.micros,
      credit_pack_id: price === null ? null : draft.packId,
      currency: draft.currency,
      monthly_maximum_minor: maximum.minor,
    },
  }
}
