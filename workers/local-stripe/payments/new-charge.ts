import type { Engine } from '../engine.ts'
import type { Charge, PaymentIntent, PaymentMethod } from '../tables.ts'
import type { Decline } from './decline.ts'

const outcomeOf = (decline: Decline | null): Charge['outcome'] => ({
  advice_code: null,
  network_advice_code: null,
  network_decline_code: null,
  network_status: decline ? 'declined_by_network' : 'approved_by_network',
  reason: decline ? (decline.declineCode ?? decline.code) : null,
  risk_level: 'normal',
  seller_message: decline ? 'The bank returned a decline code.' : 'Payment complete.',
  type: decline ? 'issuer_declined' : 'authorized',
})

function methodDetails(intent: PaymentIntent, method: PaymentMethod): Charge['payment_method_details'] {
  const { card, sepa_debit: debit } = method
  if (debit) {
    const { generated_from: _, ...account } = debit
    return { type: 'sepa_debit', sepa_debit: { ...account, mandate: null } }
  }
  if (!card) return { type: method.type }
  return {
    type: 'card',
    card: {
      amount_authorized: intent.amount,
      authorization_code: null,
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: card.country,
      electronic_commerce_indicator: null,
      exp_month: card.exp_month,
      exp_year: card.exp_year,
      extended_authorization: { status: 'disabled' },
      fingerprint: card.fingerprint,
      funding: card.funding,
      incremental_authorization: { status: 'unavailable' },
      installments: null,
      last4: card.last4,
      mandate: null,
      multicapture: { status: 'unavailable' },
      network: card.brand,
      network_token: { used: false },
      network_transaction_id: null,
      overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
      regulated_status: 'unregulated',
      three_d_secure: null,
      transaction_link_id: null,
      wallet: null,
    },
  }
}

/** One attempt to take the money. */
export function newCharge({
  engine,
  intent,
  method,
  decline,
}: {
  engine: Engine
  intent: PaymentIntent
  method: PaymentMethod
  decline: Decline | null
}): Charge {
  const isCaptured = decline === null && intent.capture_method !== 'manual'
  const id = engine.id('ch')
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: isCaptured ? engine.id('txn') : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'LOCAL STRIPE',
    captured: isCaptured,
    created: engine.now(intent),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: decline === null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: methodDetails(intent, method),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: decline ? null : `${engine.config.origin}/receipts/${id}`,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  }
}
