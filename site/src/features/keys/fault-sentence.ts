import type { Key } from '../../i18n/locales.ts'
import { amountSentence } from '../../ui/amount-sentence.ts'
import type { AmountFault } from '../../ui/read-amount.ts'
import type { KeyFault } from './key-form.ts'

const isAmountFault = (fault: KeyFault): fault is AmountFault => fault.startsWith('amount-')

export const faultSentence = (fault: KeyFault): Key =>
  isAmountFault(fault) ? amountSentence(fault) : `keys.fault-${fault}`
