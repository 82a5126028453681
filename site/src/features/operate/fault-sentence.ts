import type { Key } from '../../i18n/locales.ts'
import type { Translate } from '../../i18n/translate.ts'
import { amountSentence } from '../../ui/amount-sentence.ts'
import type { AmountFault } from '../../ui/read-amount.ts'
import type { Fault, Faults } from './form-fields.ts'

const own = {
  'amount-fraction': 'operate.fault-fraction',
  'amount-last-digit': 'operate.fault-last-digit',
  'text-missing': 'ui.required',
  'text-long': 'operate.fault-text-long',
  'count-invalid': 'operate.fault-count',
  'price-missing': 'operate.fault-price-missing',
  'currency-invalid': 'operate.fault-currency',
  'currency-twice': 'operate.fault-currency-twice',
  'id-invalid': 'operate.fault-id',
  'id-taken': 'operate.fault-id-taken',
  'models-invalid': 'operate.fault-models',
  'seats-order': 'operate.fault-seats-order',
} as const satisfies Record<Exclude<Fault, AmountFault>, Key>

export const faultSentence = (fault: Fault): Key =>
  fault in own ? own[fault as keyof typeof own] : amountSentence(fault as AmountFault)

/** What to say at a field, where something is wrong with it. */
export const sentences =
  (faults: Faults, t: Translate) =>
  (path: string): string | null => {
    const fault = faults[path]
    return fault ? t(faultSentence(fault)) : null
  }
