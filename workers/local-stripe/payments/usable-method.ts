import type { Engine } from '../engine.ts'
import { invalid, noSuch } from '../errors.ts'
import type { PaymentMethod } from '../tables.ts'
import { cardError, declineOf } from './decline.ts'
import { behaviourOf, newMethod } from './new-method.ts'
import { cardOfToken } from './test-cards.ts'

/** The method of that id; a test method such as `pm_card_visa` is made anew each time. */
export function methodNamed(engine: Engine, id: string, param = 'payment_method'): PaymentMethod {
  const found = engine.store.get('payment_method', id)
  if (found) return found
  const card = cardOfToken(id)
  if (!card) throw noSuch('PaymentMethod', id, param)
  return newMethod({ engine, card })
}

/** A method of one customer is nobody else's to use. */
export function usableMethod(engine: Engine, id: string, customer: string | null): PaymentMethod {
  const method = methodNamed(engine, id)
  if (method.customer !== null && method.customer !== customer)
    throw invalid(
      'The provided PaymentMethod cannot be attached or used: it belongs to another customer than the one that was given.',
      { param: 'payment_method' },
    )
  return method
}

/** A bank that refuses says so when the card is saved, but for the card that fails on later charges alone. */
export function attachMethod(engine: Engine, id: string, customer: string): PaymentMethod {
  engine.need('customer', customer, 'customer')
  const method = usableMethod(engine, id, customer)
  if (method.customer === customer) return method
  const behaviour = behaviourOf(engine, method.id)
  if (behaviour.refuses === 'always') throw cardError({ decline: declineOf(behaviour.declineCode), method })
  const attached = { ...method, customer }
  engine.store.put('payment_method', attached)
  engine.emit('payment_method.attached', attached)
  return attached
}

export function detachMethod(engine: Engine, id: string): PaymentMethod {
  const method = engine.need('payment_method', id, 'payment_method')
  if (method.customer === null)
    throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.')
  const customer = engine.store.get('customer', method.customer)
  if (customer?.invoice_settings.default_payment_method === method.id)
    engine.store.put('customer', {
      ...customer,
      invoice_settings: { ...customer.invoice_settings, default_payment_method: null },
    })
  const detached = { ...method, customer: null }
  engine.store.put('payment_method', detached)
  engine.emit('payment_method.detached', detached, { customer: method.customer })
  return detached
}
