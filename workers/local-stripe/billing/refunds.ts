import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import { invalid, missingParameter } from '../errors.ts'
import type { Charge, Refund } from '../tables.ts'

export interface NewRefund {
  charge?: string
  paymentIntent?: string
  amount?: number
  reason?: 'duplicate' | 'fraudulent' | 'requested_by_customer'
  metadata?: Record<string, string>
}

function chargeOf(engine: Engine, { charge, paymentIntent }: NewRefund): Charge {
  if (charge !== undefined) return engine.need('charge', charge, 'charge')
  if (paymentIntent === undefined) throw missingParameter('charge')
  const latest = engine.need('payment_intent', paymentIntent, 'payment_intent').latest_charge
  if (!latest) throw invalid('This PaymentIntent does not have a successful charge to refund.')
  return engine.need('charge', latest, 'charge')
}

function amountOf(charge: Charge, wanted: number | undefined): number {
  const left = charge.amount_captured - charge.amount_refunded
  if (charge.status !== 'succeeded') throw invalid(`Charge ${charge.id} has failed: it cannot be refunded.`)
  if (charge.disputed && left > 0) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' })
  }
  if (left <= 0) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  }
  if (wanted !== undefined && wanted <= 0) {
    throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' })
  }
  if (wanted !== undefined && wanted > left) {
    throw invalid(`Refund amount (${wanted}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    })
  }
  return wanted ?? left
}

/** An inquiry does not stand in the way of a refund, a chargeback that was lost does. */
function withoutWonDispute(engine: Engine, charge: Charge): Charge {
  const disputes = engine.store.list('dispute').filter((dispute) => dispute.charge === charge.id)
  return { ...charge, disputed: disputes.some((dispute) => !dispute.is_charge_refundable) }
}

/** Money that goes back to the card it came from. */
export function createRefund(engine: Engine, given: NewRefund): Refund {
  const charge = chargeOf(engine, given)
  const amount = amountOf(withoutWonDispute(engine, charge), given.amount)
  const refund: Refund = {
    id: engine.id('re'),
    object: 'refund',
    amount,
    balance_transaction: engine.id('txn'),
    charge: charge.id,
    created: engine.now(charge),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: given.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: given.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  }
  engine.store.put('refund', refund)
  const refunded = charge.amount_refunded + amount
  const after = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount }
  engine.store.put('charge', after)
  engine.emit('refund.created', refund)
  engine.emit('charge.refunded', after, previousAttributes(charge, after))
  return refund
}
