// Stripe's test cards, by number and by the names that its documentation gives them.
import type { CardBehaviour } from '../tables.ts'

export interface TestCard {
  number: string
  brand: string
  behaviour: Omit<CardBehaviour, 'id' | 'isSetUp'>
}

const pays: TestCard['behaviour'] = { refuses: 'never', declineCode: '', asks: 'never', disputes: 'never' }
const refuses = (declineCode: string): TestCard['behaviour'] => ({ ...pays, refuses: 'always', declineCode })

const card = (number: string, behaviour: TestCard['behaviour'] = pays, brand = 'visa'): TestCard => ({
  number,
  brand,
  behaviour,
})

const visa = card('4242424242424242')
const declined = card('4000000000000002', refuses('generic_decline'))
const noFunds = card('4000000000009995', refuses('insufficient_funds'))
const failsLater = card('4000000000000341', { ...refuses('generic_decline'), refuses: 'charges' })
const asksOnce = card('4000002500003155', { ...pays, asks: 'until_set_up' })
const asksAlways = card('4000002760003184', { ...pays, asks: 'always' })
const asksAll = card('4000000000003220', { ...pays, asks: 'always' })
const disputed = card('4000000000000259', { ...pays, disputes: 'fraudulent' })
const inquired = card('4000000000001976', { ...pays, disputes: 'inquiry' })
const expired = card('4000000000000069', refuses('expired_card'))
const wrongCode = card('4000000000000127', refuses('incorrect_cvc'))
const broken = card('4000000000000119', refuses('processing_error'))
const lost = card('4000000000009987', refuses('lost_card'))
const stolen = card('4000000000009979', refuses('stolen_card'))
const atOnce = card('4000000000000077')
const mastercard = card('5555555555554444', pays, 'mastercard')
const amex = card('378282246310005', pays, 'amex')

const all = [
  visa,
  declined,
  noFunds,
  failsLater,
  asksOnce,
  asksAlways,
  asksAll,
  disputed,
  inquired,
  expired,
  wrongCode,
  broken,
  lost,
  stolen,
  atOnce,
  mastercard,
  amex,
  card('4000056655665556'),
  card('4000006820000007'),
  card('4000007840000001'),
]

const byNumber = new Map(all.map((each) => [each.number, each]))

/** As in `pm_card_visa` and `tok_visa`. */
const byName: Record<string, TestCard> = {
  visa,
  visa_debit: card('4000056655665556'),
  mastercard,
  amex,
  chargeDeclined: declined,
  visa_chargeDeclined: declined,
  chargeDeclinedInsufficientFunds: noFunds,
  visa_chargeDeclinedInsufficientFunds: noFunds,
  chargeDeclinedExpiredCard: expired,
  chargeDeclinedIncorrectCvc: wrongCode,
  chargeDeclinedProcessingError: broken,
  visa_chargeDeclinedLostCard: lost,
  visa_chargeDeclinedStolenCard: stolen,
  chargeCustomerFail: failsLater,
  authenticationRequired: asksAlways,
  authenticationRequiredOnSetup: asksOnce,
  threeDSecure2Required: asksAll,
  threeDSecureRequired: asksAll,
  createDispute: disputed,
  createDisputeInquiry: inquired,
  bypassPending: atOnce,
}

export const cardOfNumber = (number: string): TestCard | undefined => byNumber.get(number.replaceAll(/\D/g, ''))

export function cardOfToken(token: string): TestCard | undefined {
  const name = /^(?:pm_card|tok)_(\w+)$/.exec(token)?.[1]
  return name === undefined || !Object.hasOwn(byName, name) ? undefined : byName[name]
}
