// What a bank's refusal says.
import { StripeError } from '../errors.ts'
import type { PaymentIntent, PaymentMethod, SetupIntent } from '../tables.ts'

export interface Decline {
  code: string
  declineCode?: string
  message: string
}

const withCodeOfTheirOwn: Record<string, string> = {
  expired_card: 'Your card has expired.',
  incorrect_cvc: 'Your card’s security code is incorrect.',
  processing_error: 'An error occurred while processing your card. Try again in a little bit.',
}

export const authenticationRequired: Decline = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
}

export const authenticationFailed: Decline = {
  code: 'payment_intent_authentication_failure',
  message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
}

export function declineOf(declineCode: string): Decline {
  const own = withCodeOfTheirOwn[declineCode]
  if (own)
    return { code: declineCode, declineCode: declineCode === 'expired_card' ? undefined : declineCode, message: own }
  return {
    code: 'card_declined',
    declineCode,
    message: declineCode === 'insufficient_funds' ? 'Your card has insufficient funds.' : 'Your card was declined.',
  }
}

export const toLastError = (decline: Decline, method: PaymentMethod, charge?: string) => ({
  ...(charge && { charge }),
  code: decline.code,
  ...(decline.declineCode && { decline_code: decline.declineCode }),
  doc_url: `https://docs.stripe.com/error-codes/${decline.code.replaceAll('_', '-')}`,
  message: decline.message,
  payment_method: method,
  type: 'card_error' as const,
})

export function cardError({
  decline,
  method,
  charge,
  intent,
  setup,
}: {
  decline: Decline
  method?: PaymentMethod
  charge?: string
  intent?: PaymentIntent
  setup?: SetupIntent
}): StripeError {
  return new StripeError({
    status: 402,
    type: 'card_error',
    message: decline.message,
    code: decline.code,
    ...(decline.declineCode && { decline_code: decline.declineCode }),
    ...(charge && { charge }),
    ...(intent && { payment_intent: intent }),
    ...(setup && { setup_intent: setup }),
    ...(method && { payment_method: method }),
  })
}
