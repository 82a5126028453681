// The life of a payment: made, confirmed with a card, perhaps asked of its holder, and succeeded or declined.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { CardBehaviour, PaymentIntent, PaymentMethod } from '../tables.ts'
import { authenticationFailed, authenticationRequired, declineOf, toLastError, type Decline } from './decline.ts'
import { collectLater } from './late-debit.ts'
import { newCharge } from './new-charge.ts'
import { behaviourOf } from './new-method.ts'
import { usableMethod } from './usable-method.ts'

export interface NewIntent {
  amount: number
  currency: string
  customer?: string | null
  description?: string | null
  metadata?: Record<string, string>
  paymentMethod?: string | null
  captureMethod?: 'automatic' | 'automatic_async' | 'manual'
  confirmationMethod?: 'automatic' | 'manual'
  setupFutureUsage?: 'off_session' | 'on_session' | null
  receiptEmail?: string | null
  shipping?: PaymentIntent['shipping']
  methodTypes?: string[]
}

export function createIntent(engine: Engine, given: NewIntent): PaymentIntent {
  const id = engine.id('pi')
  const method = given.paymentMethod ? usableMethod(engine, given.paymentMethod, given.customer ?? null).id : null
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: given.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: given.captureMethod ?? 'automatic_async',
    client_secret: `${id}_secret_${engine.config.random(24)}`,
    confirmation_method: given.confirmationMethod ?? 'automatic',
    created: engine.now({ customer: given.customer ?? null }),
    currency: given.currency,
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: method,
    payment_method_configuration_details: null,
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: given.methodTypes ?? ['card'],
    payment_record: null,
    processing: null,
    receipt_email: given.receiptEmail ?? null,
    review: null,
    setup_future_usage: given.setupFutureUsage ?? null,
    shipping: given.shipping ?? null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    transfer_group: null,
  }
  engine.store.put('payment_intent', intent)
  engine.emit('payment_intent.created', intent)
  return intent
}

export interface Confirmation {
  /** An id of a method, or a test method such as `pm_card_visa`. */
  paymentMethod?: string | null
  /** Nobody is there to be asked by the bank. */
  offSession?: boolean
  returnUrl?: string | null
  /** The holder has been asked and said yes. */
  isAuthenticated?: boolean
}

/** Never throws for a card that was declined: the status and `last_payment_error` tell. */
export function confirmIntent(engine: Engine, id: string, given: Confirmation = {}): PaymentIntent {
  const intent = engine.need('payment_intent', id, 'intent')
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status))
    throw invalid(`This PaymentIntent's status is ${intent.status}: it cannot be confirmed.`, {
      code: 'payment_intent_unexpected_state',
    })
  const named = given.paymentMethod ?? intent.payment_method
  if (!named)
    throw invalid(
      'You cannot confirm this PaymentIntent because it’s missing a payment method. To confirm the PaymentIntent, specify a payment method attached to this customer along with the customer ID, or provide a `payment_method`.',
      { code: 'payment_intent_unexpected_state' },
    )
  const method = usableMethod(engine, named, intent.customer)
  const behaviour = behaviourOf(engine, method.id)
  const confirmed: PaymentIntent = { ...intent, payment_method: method.id, next_action: null, last_payment_error: null }
  if (behaviour.late) return collectLater({ engine, intent: confirmed, method })
  if (behaviour.refuses !== 'never' && (behaviour.refuses === 'always' || method.customer !== null))
    return refuseIntent({ engine, intent: confirmed, method, decline: declineOf(behaviour.declineCode) })
  if (given.isAuthenticated || !asksHolder(behaviour)) return succeed({ engine, intent: confirmed, method, behaviour })
  if (given.offSession) return refuseIntent({ engine, intent: confirmed, method, decline: authenticationRequired })
  return askHolder({ engine, intent: confirmed, returnUrl: given.returnUrl ?? null })
}

export const asksHolder = ({ asks, isSetUp }: CardBehaviour): boolean =>
  asks === 'always' || (asks === 'until_set_up' && !isSetUp)

/** The holder answered on the bank's page. */
export function answerAuthentication(engine: Engine, id: string, isApproved: boolean): PaymentIntent {
  const intent = engine.need('payment_intent', id)
  if (intent.status !== 'requires_action' || !intent.payment_method) return intent
  if (isApproved) return confirmIntent(engine, id, { isAuthenticated: true })
  const method = engine.need('payment_method', intent.payment_method)
  return refuseIntent({ engine, intent: { ...intent, next_action: null }, method, decline: authenticationFailed })
}

interface Step {
  engine: Engine
  intent: PaymentIntent
  method: PaymentMethod
}

function refuseIntent({ engine, intent, method, decline }: Step & { decline: Decline }): PaymentIntent {
  const charge = newCharge({ engine, intent, method, decline })
  engine.store.put('charge', charge)
  const refused: PaymentIntent = {
    ...intent,
    payment_method: null,
    latest_charge: charge.id,
    last_payment_error: toLastError(decline, method, charge.id),
    status: 'requires_payment_method',
  }
  engine.store.put('payment_intent', refused)
  engine.emit('charge.failed', charge)
  engine.emit('payment_intent.payment_failed', refused)
  return refused
}

function askHolder({
  engine,
  intent,
  returnUrl,
}: {
  engine: Engine
  intent: PaymentIntent
  returnUrl: string | null
}): PaymentIntent {
  const asked: PaymentIntent = {
    ...intent,
    status: 'requires_action',
    next_action: returnUrl
      ? {
          type: 'redirect_to_url',
          redirect_to_url: { return_url: returnUrl, url: `${engine.config.origin}/3ds/${intent.id}` },
        }
      : { type: 'use_stripe_sdk', use_stripe_sdk: {} },
  }
  engine.store.put('payment_intent', asked)
  engine.emit('payment_intent.requires_action', asked)
  return asked
}

function succeed({ engine, intent, method, behaviour }: Step & { behaviour: CardBehaviour }): PaymentIntent {
  const isHeld = intent.capture_method === 'manual'
  const charge = newCharge({ engine, intent, method, decline: null })
  engine.store.put('charge', charge)
  const succeeded: PaymentIntent = {
    ...intent,
    status: isHeld ? 'requires_capture' : 'succeeded',
    amount_received: isHeld ? 0 : intent.amount,
    amount_capturable: isHeld ? intent.amount : 0,
    latest_charge: charge.id,
  }
  engine.store.put('payment_intent', succeeded)
  if (intent.setup_future_usage === 'off_session') engine.store.put('_card', { ...behaviour, isSetUp: true })
  engine.emit('charge.succeeded', charge)
  engine.emit(isHeld ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', succeeded)
  return succeeded
}

export function captureIntent(engine: Engine, id: string, amount?: number): PaymentIntent {
  const intent = engine.need('payment_intent', id, 'intent')
  if (intent.status !== 'requires_capture' || !intent.latest_charge)
    throw invalid(
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
      { code: 'payment_intent_unexpected_state' },
    )
  const taken = amount ?? intent.amount
  if (taken > intent.amount_capturable)
    throw invalid('The amount is more than can be captured.', { code: 'amount_too_large' })
  const before = engine.need('charge', intent.latest_charge)
  const charge = { ...before, captured: true, amount_captured: taken, balance_transaction: engine.id('txn') }
  const captured: PaymentIntent = { ...intent, status: 'succeeded', amount_capturable: 0, amount_received: taken }
  engine.store.put('charge', charge)
  engine.store.put('payment_intent', captured)
  engine.emit('charge.captured', charge)
  engine.emit('payment_intent.succeeded', captured)
  return captured
}

export function cancelIntent(
  engine: Engine,
  id: string,
  reason: PaymentIntent['cancellation_reason'] = null,
): PaymentIntent {
  const intent = engine.need('payment_intent', id, 'intent')
  if (intent.status === 'succeeded' || intent.status === 'canceled')
    throw invalid(`You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
    })
  const canceled: PaymentIntent = {
    ...intent,
    status: 'canceled',
    amount_capturable: 0,
    next_action: null,
    canceled_at: engine.now(intent),
    cancellation_reason: reason,
  }
  engine.store.put('payment_intent', canceled)
  engine.emit('payment_intent.canceled', canceled)
  return canceled
}
