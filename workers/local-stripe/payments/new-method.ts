import type { Engine } from '../engine.ts'
import type { CardBehaviour, PaymentMethod } from '../tables.ts'
import type { TestCard } from './test-cards.ts'

export const noDetails: PaymentMethod['billing_details'] = {
  address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
  email: null,
  name: null,
  phone: null,
  tax_id: null,
}

export interface NewMethod {
  engine: Engine
  card: TestCard
  expiry?: { month: number; year: number }
  details?: Partial<PaymentMethod['billing_details']>
  metadata?: Record<string, string>
}

/** The same number has the same fingerprint, which tells nothing of it. */
const fingerprintOf = (number: string) => ((BigInt(number) * 2_654_435_761n + 7n) % 2n ** 64n).toString(36)

const detailsOf = ({ number, brand }: TestCard, { month, year }: { month: number; year: number }) => ({
  brand,
  checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
  country: 'US',
  display_brand: brand,
  exp_month: month,
  exp_year: year,
  fingerprint: fingerprintOf(number),
  funding: 'credit',
  generated_from: null,
  last4: number.slice(-4),
  networks: { available: [brand], preferred: null },
  regulated_status: 'unregulated' as const,
  three_d_secure_usage: { supported: true },
  wallet: null,
})

export function newMethod({ engine, card, expiry, details, metadata = {} }: NewMethod): PaymentMethod {
  const nextYear = new Date(engine.config.clock()).getUTCFullYear() + 1
  const method: PaymentMethod = {
    id: engine.id('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { ...noDetails, ...details },
    card: detailsOf(card, expiry ?? { month: 12, year: nextYear }),
    created: engine.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata,
    type: 'card',
  }
  engine.store.put('payment_method', method)
  engine.store.put('_card', { id: method.id, isSetUp: false, ...card.behaviour })
  return method
}

export function behaviourOf(engine: Engine, methodId: string): CardBehaviour {
  return engine.need('_card', methodId, 'payment_method')
}
