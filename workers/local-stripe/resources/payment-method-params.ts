import type { Engine } from '../engine.ts'
import { invalid, missingParameter } from '../errors.ts'
import { address, emptyable, integer, metadata, object, oneOf, required, string, type Values } from '../params.ts'
import { newDebit } from '../payments/new-debit.ts'
import { newMethod, noDetails } from '../payments/new-method.ts'
import { cardOfNumber, cardOfToken } from '../payments/test-cards.ts'
import { mergeMetadata } from '../metadata.ts'
import type { PaymentMethod } from '../tables.ts'
import { toAddress } from './address.ts'

export const billingDetails = () =>
  object({
    address: emptyable(address()),
    email: emptyable(string()),
    name: emptyable(string()),
    phone: emptyable(string()),
    tax_id: string(),
  })

/** A card or an account described in place; its number stays out of every answer. */
export const methodData = {
  allow_redisplay: oneOf('always', 'limited', 'unspecified'),
  billing_details: billingDetails(),
  card: object({
    cvc: string(),
    exp_month: integer({ min: 1, max: 12 }),
    exp_year: integer(),
    networks: object({ preferred: string() }),
    number: string(),
    token: string(),
  }),
  metadata: metadata(),
  sepa_debit: object({ iban: required(string()) }),
  type: required(oneOf('card', 'sepa_debit')),
}

export function detailsOf(
  given: ReturnType<ReturnType<typeof billingDetails>['read']> | undefined,
  before: PaymentMethod['billing_details'] = noDetails,
): PaymentMethod['billing_details'] {
  const text = (value: string | undefined, old: string | null) => (value === undefined ? old : value || null)
  return {
    address: toAddress(given?.address, before.address),
    email: text(given?.email, before.email),
    name: text(given?.name, before.name),
    phone: text(given?.phone, before.phone),
    tax_id: text(given?.tax_id, before.tax_id),
  }
}

function describedDebit(engine: Engine, given: Values<typeof methodData>): PaymentMethod {
  if (!given.sepa_debit) throw missingParameter('sepa_debit')
  const { billing_details: details, metadata: said, sepa_debit: debit } = given
  return newDebit({ engine, iban: debit.iban, details: detailsOf(details), metadata: mergeMetadata(null, said) })
}

export function describedMethod(engine: Engine, given: Values<typeof methodData>): PaymentMethod {
  const { card, billing_details: details } = given
  if (given.type === 'sepa_debit') return describedDebit(engine, given)
  const found = card?.token ? cardOfToken(card.token) : card?.number ? cardOfNumber(card.number) : undefined
  if (!found)
    throw invalid('Your card number is incorrect. This local stand-in takes Stripe’s test cards and no other.', {
      code: 'incorrect_number',
      param: 'card[number]',
    })
  return newMethod({
    engine,
    card: found,
    ...(card?.exp_month && card.exp_year && { expiry: { month: card.exp_month, year: card.exp_year } }),
    details: detailsOf(details),
    metadata: mergeMetadata(null, given.metadata),
  })
}
