import type { Engine, Timer } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { CheckoutSession } from '../tables.ts'

export function expireSession(engine: Engine, id: string): CheckoutSession {
  const session = engine.need('checkout.session', id)
  if (session.status !== 'open')
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of \`${session.status}\`.`,
    )
  const expired: CheckoutSession = { ...session, status: 'expired', url: null }
  engine.store.put('checkout.session', expired)
  engine.store.remove('_checkout', id)
  engine.emit('checkout.session.expired', expired)
  return expired
}

/** The session that ends first, by the account's clock. */
const nextOf = (engine: Engine) => engine.store.list('_checkout').toSorted((a, b) => a.expiresAt - b.expiresAt)[0]

export const checkoutTimer: Timer = {
  nextAt: (engine) => nextOf(engine)?.expiresAt,
  run(engine) {
    const open = nextOf(engine)
    if (open) expireSession(engine, open.id)
  },
}
