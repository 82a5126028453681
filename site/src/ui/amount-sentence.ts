import type { Key } from '../i18n/locales.ts'
import type { AmountFault } from './read-amount.ts'

const sentences = {
  'amount-missing': 'ui.amount-missing',
  'amount-unreadable': 'ui.amount-unreadable',
  'amount-too-fine': 'ui.amount-too-fine',
  'amount-too-small': 'ui.amount-too-small',
  'amount-too-large': 'ui.amount-too-large',
} as const satisfies Record<AmountFault, Key>

export const amountSentence = (fault: AmountFault): Key => sentences[fault]
