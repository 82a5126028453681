import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { address, emptyable, integer, metadata, object, oneOf, required, string, type Values } from '../params.ts'
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

/** A card described in place; the network's own form of the number stays out of every answer. */
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
  type: required(oneOf('card')),
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

export function describedMethod(engine: Engine, given: Values<typeof methodData>): PaymentMethod {
  const { card, billing_details: details } = given
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
