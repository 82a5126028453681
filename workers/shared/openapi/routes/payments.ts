// Stripe's door, and what operators see and do of what comes through it.
import { z } from 'zod'
import {
  Discrepancy,
  DiscrepancyPage,
  ReconciliationPage,
  RefundedInvoice,
  RefundInvoice,
  ReplayedEvents,
  ResolveDiscrepancy,
  StartedReconciliation,
  StripeEventPage,
} from '../../contracts/billing-administration.ts'
import { pageParameters, pathId, text, type Route } from '../route.ts'

const operators = { tag: 'operators', access: 'session' } as const

const eventRoutes: Route[] = [
  {
    tag: 'billing',
    access: 'anyone',
    method: 'post',
    path: '/webhooks/stripe',
    id: 'receiveStripeEvent',
    summary: 'Where Stripe tells what happened',
    description:
      'For Stripe alone. An event is taken where it is signed with the secret of this endpoint, was sent within the last five minutes and is of the account’s mode that is used here; anything else is answered 400 and changes nothing. It is stored before it is answered. The same event may come any number of times.',
    parameters: [
      {
        name: 'stripe-signature',
        in: 'header',
        required: true,
        description: 'When it was sent, and Stripe’s signatures of the body.',
        schema: text,
      },
    ],
    request: { schema: z.looseObject({ id: z.string(), object: z.string(), type: z.string() }) },
    answers: [{ status: 200, description: 'Stored.', schema: z.object({ received: z.boolean() }) }],
    problems: ['payload_too_large'],
  },
  {
    ...operators,
    method: 'get',
    path: '/api/billing/admin/events',
    id: 'listStripeEvents',
    summary: 'What has come from Stripe, and what became of it',
    parameters: [
      ...pageParameters,
      {
        name: 'state',
        in: 'query',
        description: 'Only those in this state.',
        schema: { type: 'string', enum: ['received', 'processed', 'ignored', 'failed'] },
      },
      { name: 'type', in: 'query', description: 'Only those of this type.', schema: text },
    ],
    answers: [{ status: 200, description: 'A page, the newest first.', schema: StripeEventPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/events/{id}/replay',
    id: 'replayStripeEvent',
    summary: 'Look again at what an event names',
    description: 'As it is at Stripe now: nothing is granted twice.',
    parameters: [pathId('id', 'The event.')],
    answers: [{ status: 200, description: 'It is on its way.', schema: ReplayedEvents }],
    problems: ['not_found'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/events/replay-failed',
    id: 'replayFailedStripeEvents',
    summary: 'Look again at every event that failed',
    description: 'At most a thousand at a time, the oldest first.',
    answers: [{ status: 200, description: 'They are on their way.', schema: ReplayedEvents }],
  },
]

const comparingRoutes: Route[] = [
  {
    ...operators,
    method: 'get',
    path: '/api/billing/admin/reconciliations',
    id: 'listReconciliations',
    summary: 'The comparisons with Stripe, the newest first',
    parameters: pageParameters,
    answers: [{ status: 200, description: 'A page.', schema: ReconciliationPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/reconcile',
    id: 'startReconciliation',
    summary: 'Compare with Stripe now',
    description: 'As every night. Where a comparison runs already, it is that one.',
    answers: [{ status: 202, description: 'It has begun.', schema: StartedReconciliation }],
    problems: ['billing_disabled'],
  },
  {
    ...operators,
    method: 'get',
    path: '/api/billing/admin/discrepancies',
    id: 'listDiscrepancies',
    summary: 'Differences between Stripe and the platform',
    parameters: [
      ...pageParameters,
      {
        name: 'state',
        in: 'query',
        description: 'Only those in this state.',
        schema: { type: 'string', enum: ['repaired', 'raised', 'resolved'] },
      },
    ],
    answers: [{ status: 200, description: 'A page, the newest first.', schema: DiscrepancyPage }],
    problems: ['invalid_cursor'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/discrepancies/{id}/resolve',
    id: 'resolveDiscrepancy',
    summary: 'Say that a difference was dealt with',
    parameters: [pathId('id', 'The difference.')],
    request: { schema: ResolveDiscrepancy, example: { note: 'The customer was called.' } },
    answers: [{ status: 200, description: 'The difference as it is now.', schema: Discrepancy }],
    problems: ['not_found', 'conflict'],
  },
  {
    ...operators,
    method: 'post',
    path: '/api/billing/admin/invoices/{id}/refund',
    id: 'refundInvoice',
    summary: 'Give money back',
    description:
      'The credit of the invoice goes back in proportion. What of it was spent is owed, and the next credit pays it. The same `id` refunds once.',
    parameters: [pathId('id', 'The invoice.')],
    request: { schema: RefundInvoice, example: { id: 'ticket-17', amount_minor: 500 } },
    answers: [{ status: 200, description: 'The refund.', schema: RefundedInvoice }],
    problems: ['not_found', 'conflict', 'billing_disabled', 'service_unavailable'],
  },
]

export const paymentRoutes: Route[] = [...eventRoutes, ...comparingRoutes]
