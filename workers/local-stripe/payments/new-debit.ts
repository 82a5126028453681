// A bank account in the euro area: its bank says days later whether it paid.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { PaymentMethod } from '../tables.ts'
import { noDetails } from './new-method.ts'

export interface NewDebit {
  engine: Engine
  iban: string
  details: PaymentMethod['billing_details']
  metadata: Record<string, string>
}

/** Stripe's test accounts whose banks refuse in the end; every other pays. */
const refusing = new Set([
  'AT861904300235473202',
  'AT051904300235473205',
  'DE62370400440532013001',
  'FR8420041010050500013M02607',
  'IT60X0542811101000000123456',
])

export function newDebit({ engine, iban, details, metadata }: NewDebit): PaymentMethod {
  const number = iban.replaceAll(/\s/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(number))
    throw invalid('The IBAN you provided is invalid.', { code: 'invalid_bank_account_iban', param: 'sepa_debit[iban]' })
  if (!details.name || !details.email)
    throw invalid('You must collect the billing name and email before creating a SEPA Direct Debit PaymentMethod.', {
      code: 'parameter_missing',
      param: details.name ? 'billing_details[email]' : 'billing_details[name]',
    })
  const method: PaymentMethod = {
    id: engine.id('pm'),
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { ...noDetails, ...details },
    created: engine.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata,
    sepa_debit: {
      bank_code: number.slice(4, 9),
      branch_code: null,
      country: number.slice(0, 2),
      fingerprint: engine.config.random(16),
      generated_from: null,
      last4: number.slice(-4),
    },
    type: 'sepa_debit',
  }
  engine.store.put('payment_method', method)
  const late = refusing.has(number) ? 'refused' : 'paid'
  const never = { refuses: 'never', asks: 'never', disputes: 'never' } as const
  engine.store.put('_card', { id: method.id, ...never, declineCode: '', isSetUp: false, late })
  return method
}
