import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import type { Charge, Dispute, PaymentIntent } from '../tables.ts'
import { behaviourOf } from '../payments/new-method.ts'

const noEvidence: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}

type BalanceTransaction = Dispute['balance_transactions'][number]

const feeOfDispute = 1500

function movement(
  engine: Engine,
  { dispute, amount, fee }: { dispute: Dispute; amount: number; fee: number },
): BalanceTransaction {
  const now = engine.now()
  return {
    id: engine.id('txn'),
    object: 'balance_transaction',
    amount,
    available_on: now,
    balance_type: 'payments',
    created: now,
    currency: dispute.currency,
    description:
      amount < 0 ? `Chargeback withdrawal for ${dispute.charge}` : `Chargeback reversal for ${dispute.charge}`,
    exchange_rate: null,
    fee,
    fee_details: [],
    net: amount - fee,
    reporting_category: amount < 0 ? 'dispute' : 'dispute_reversal',
    source: dispute.id,
    status: 'available',
    type: 'adjustment',
  }
}

export interface NewDispute {
  charge: Charge
  reason: string
  /** An inquiry takes no money yet. */
  isInquiry?: boolean
  amount?: number
}

function withdraw(engine: Engine, dispute: Dispute): Dispute {
  const taken = movement(engine, { dispute, amount: -dispute.amount, fee: feeOfDispute })
  const withdrawn = { ...dispute, balance_transactions: [...dispute.balance_transactions, taken] }
  engine.store.put('dispute', withdrawn)
  engine.emit('charge.dispute.funds_withdrawn', withdrawn)
  return withdrawn
}

/** The holder of a card asks for the money back. */
export function openDispute(engine: Engine, { charge, reason, isInquiry = false, amount }: NewDispute): Dispute {
  const now = engine.now(charge)
  const card = charge.payment_method_details?.card
  const dispute: Dispute = {
    id: engine.id('du'),
    object: 'dispute',
    amount: amount ?? charge.amount - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: now + 9 * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isInquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: {
        brand: card?.brand ?? 'visa',
        case_type: isInquiry ? 'inquiry' : 'chargeback',
        network: card?.network ?? 'visa',
        network_reason_code: '10.4',
      },
      type: 'card',
    },
    reason,
    status: isInquiry ? 'warning_needs_response' : 'needs_response',
  }
  engine.store.put('dispute', dispute)
  const disputed = { ...charge, disputed: true }
  engine.store.put('charge', disputed)
  engine.emit('charge.dispute.created', dispute)
  engine.emit('charge.updated', disputed, previousAttributes(charge, disputed))
  return isInquiry ? dispute : withdraw(engine, dispute)
}

/** The test card whose holder always disputes. */
export function openDisputeOf(engine: Engine, intent: PaymentIntent): void {
  const charge = intent.latest_charge ? engine.store.get('charge', intent.latest_charge) : undefined
  if (!charge?.payment_method || charge.disputed) return
  const { disputes } = behaviourOf(engine, charge.payment_method)
  if (disputes === 'never') return
  openDispute(engine, { charge, reason: 'fraudulent', isInquiry: disputes === 'inquiry' })
}

const isOpen = (dispute: Dispute) => !['won', 'lost', 'warning_closed'].includes(dispute.status)

/** The bank has decided. What is won comes back. */
export function closeDispute(engine: Engine, id: string, outcome: 'won' | 'lost'): Dispute {
  const before = engine.need('dispute', id)
  if (!isOpen(before)) throw invalid('This dispute is already closed.', { code: 'dispute_already_closed' })
  const isInquiry = before.status.startsWith('warning_')
  const status = isInquiry && outcome === 'won' ? 'warning_closed' : outcome
  const closed: Dispute = { ...before, status, is_charge_refundable: outcome === 'won' }
  engine.store.put('dispute', closed)
  engine.emit('charge.dispute.closed', closed, previousAttributes(before, closed))
  if (outcome === 'lost' || isInquiry) return closed
  const returned = movement(engine, { dispute: closed, amount: closed.amount, fee: 0 })
  const reinstated = { ...closed, balance_transactions: [...closed.balance_transactions, returned] }
  engine.store.put('dispute', reinstated)
  engine.emit('charge.dispute.funds_reinstated', reinstated)
  return reinstated
}
