// A credit pack as it is typed, and the pack that it means.
import type { CreditPackBody } from '#shared/contracts/plans'
import { minorToDecimal } from '../../i18n/format-currency.ts'
import { readAmount, typedAmount } from '../../ui/read-amount.ts'
import { Reader, type Faults } from './form-fields.ts'
import type { TypedText } from './plan-form.ts'

export interface PackDraft {
  name: TypedText
  credit: string
  prices: { currency: string; amount: string }[]
  /** Empty: it never expires. */
  expiresAfterDays: string
}

export const emptyPack: PackDraft = {
  name: { en: '', ar: '' },
  credit: '',
  prices: [{ currency: 'usd', amount: '' }],
  expiresAfterDays: '365',
}

export const packDraftOf = (pack: CreditPackBody): PackDraft => ({
  name: pack.name,
  credit: typedAmount(pack.credit_micros),
  prices: pack.prices.map(({ currency, amount_minor }) => ({
    currency,
    amount: minorToDecimal(amount_minor, currency),
  })),
  expiresAfterDays: pack.expires_after_days === null ? '' : String(pack.expires_after_days),
})

export function readPackDraft(draft: PackDraft): { ok: true; body: CreditPackBody } | { ok: false; faults: Faults } {
  const reader = new Reader()
  const credit = readAmount(draft.credit, { least: 1, most: 1_000_000_000_000 })
  if (!credit.ok) reader.faults.credit = credit.fault
  const seen = new Set<string>()
  const body: CreditPackBody = {
    name: reader.texts('name', draft.name),
    credit_micros: credit.ok ? credit.micros : 0,
    prices: draft.prices.map((row, at) => {
      const currency = reader.currency(`prices.${at}.currency`, row.currency, seen)
      const amount_minor = reader.minor(`prices.${at}.amount`, row.amount, currency)
      if (amount_minor === 0) reader.faults[`prices.${at}.amount`] ??= 'amount-too-small'
      return { currency, amount_minor }
    }),
    expires_after_days: reader.limit('expiresAfterDays', draft.expiresAfterDays, { most: 3_650 }),
  }
  return reader.isFine ? { ok: true, body } : { ok: false, faults: reader.faults }
}
