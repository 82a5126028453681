// A card is saved for later: confirmed with its bank, perhaps asked of its holder, without any money.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { PaymentMethod, SetupIntent } from '../tables.ts'
import { authenticationFailed, declineOf, toLastError, type Decline } from './decline.ts'
import { asksHolder } from './intents.ts'
import { behaviourOf } from './new-method.ts'
import { attachMethod, usableMethod } from './usable-method.ts'

export interface NewSetup {
  customer?: string | null
  description?: string | null
  metadata?: Record<string, string>
  paymentMethod?: string | null
  usage?: string
  methodTypes?: string[]
}

export function createSetup(engine: Engine, given: NewSetup): SetupIntent {
  const id = engine.id('seti')
  const method = given.paymentMethod ? usableMethod(engine, given.paymentMethod, given.customer ?? null).id : null
  const setup: SetupIntent = {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${engine.config.random(24)}`,
    created: engine.now({ customer: given.customer ?? null }),
    customer: given.customer ?? null,
    customer_account: null,
    description: given.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: given.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: method,
    payment_method_configuration_details: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: given.methodTypes ?? ['card'],
    single_use_mandate: null,
    status: method ? 'requires_confirmation' : 'requires_payment_method',
    usage: given.usage ?? 'off_session',
  }
  engine.store.put('setup_intent', setup)
  engine.emit('setup_intent.created', setup)
  return setup
}

export interface SetupConfirmation {
  paymentMethod?: string | null
  returnUrl?: string | null
  isAuthenticated?: boolean
}

/** Never throws for a card that was declined: `last_setup_error` tells. */
export function confirmSetup(engine: Engine, id: string, given: SetupConfirmation = {}): SetupIntent {
  const setup = engine.need('setup_intent', id, 'setup_intent')
  if (setup.status === 'succeeded' || setup.status === 'canceled')
    throw invalid(`This SetupIntent's status is ${setup.status}: it cannot be confirmed.`, {
      code: 'setup_intent_unexpected_state',
    })
  const named = given.paymentMethod ?? setup.payment_method
  if (!named)
    throw invalid('You cannot confirm this SetupIntent because it’s missing a payment method.', {
      code: 'setup_intent_unexpected_state',
    })
  const method = usableMethod(engine, named, setup.customer)
  const behaviour = behaviourOf(engine, method.id)
  const confirmed: SetupIntent = { ...setup, payment_method: method.id, next_action: null, last_setup_error: null }
  if (behaviour.refuses === 'always')
    return refuseSetup({ engine, setup: confirmed, method, decline: declineOf(behaviour.declineCode) })
  if (asksHolder(behaviour) && !given.isAuthenticated) return askHolder(engine, confirmed, given.returnUrl ?? null)
  engine.store.put('_card', { ...behaviour, isSetUp: true })
  if (setup.customer) attachMethod(engine, method.id, setup.customer)
  const succeeded: SetupIntent = { ...confirmed, status: 'succeeded' }
  engine.store.put('setup_intent', succeeded)
  engine.emit('setup_intent.succeeded', succeeded)
  return succeeded
}

export function answerSetup(engine: Engine, id: string, isApproved: boolean): SetupIntent {
  const setup = engine.need('setup_intent', id)
  if (setup.status !== 'requires_action' || !setup.payment_method) return setup
  if (isApproved) return confirmSetup(engine, id, { isAuthenticated: true })
  const method = engine.need('payment_method', setup.payment_method)
  const decline = { ...authenticationFailed, code: 'setup_intent_authentication_failure' }
  return refuseSetup({ engine, setup: { ...setup, next_action: null }, method, decline })
}

function refuseSetup({
  engine,
  setup,
  method,
  decline,
}: {
  engine: Engine
  setup: SetupIntent
  method: PaymentMethod
  decline: Decline
}): SetupIntent {
  const refused: SetupIntent = {
    ...setup,
    payment_method: null,
    last_setup_error: toLastError(decline, method),
    status: 'requires_payment_method',
  }
  engine.store.put('setup_intent', refused)
  engine.emit('setup_intent.setup_failed', refused)
  return refused
}

function askHolder(engine: Engine, setup: SetupIntent, returnUrl: string | null): SetupIntent {
  const asked: SetupIntent = {
    ...setup,
    status: 'requires_action',
    next_action: returnUrl
      ? {
          type: 'redirect_to_url',
          redirect_to_url: { return_url: returnUrl, url: `${engine.config.origin}/3ds/${setup.id}` },
        }
      : { type: 'use_stripe_sdk', use_stripe_sdk: {} },
  }
  engine.store.put('setup_intent', asked)
  engine.emit('setup_intent.requires_action', asked)
  return asked
}

export function cancelSetup(
  engine: Engine,
  id: string,
  reason: SetupIntent['cancellation_reason'] = null,
): SetupIntent {
  const setup = engine.need('setup_intent', id, 'setup_intent')
  if (setup.status === 'succeeded' || setup.status === 'canceled')
    throw invalid(`You cannot cancel this SetupIntent because it has a status of ${setup.status}.`, {
      code: 'setup_intent_unexpected_state',
    })
  const canceled: SetupIntent = { ...setup, status: 'canceled', next_action: null, cancellation_reason: reason }
  engine.store.put('setup_intent', canceled)
  engine.emit('setup_intent.canceled', canceled)
  return canceled
}
