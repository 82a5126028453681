import { closeDispute } from '../billing/disputes.ts'
import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { boolean, listParams, metadata, object, string, type Values } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { Dispute } from '../tables.ts'

const evidence = object({
  access_activity_log: string(),
  billing_address: string(),
  cancellation_policy_disclosure: string(),
  cancellation_rebuttal: string(),
  customer_email_address: string(),
  customer_name: string(),
  customer_purchase_ip: string(),
  product_description: string(),
  refund_policy_disclosure: string(),
  refund_refusal_explanation: string(),
  service_date: string(),
  uncategorized_text: string(),
})

const updateParams = { evidence, metadata: metadata(), submit: boolean(), intended_submission_method: string() }

/** Test evidence whose text says how the bank decides. */
const verdicts: Record<string, 'won' | 'lost'> = { winning_evidence: 'won', losing_evidence: 'lost' }

function update(engine: Engine, id: string, given: Values<typeof updateParams>): Dispute {
  const before = engine.need('dispute', id)
  const isSubmitted = given.evidence !== undefined && given.submit !== false
  const after: Dispute = {
    ...before,
    evidence: { ...before.evidence, ...given.evidence },
    evidence_details: {
      ...before.evidence_details,
      has_evidence: before.evidence_details.has_evidence || given.evidence !== undefined,
      submission_count: before.evidence_details.submission_count + (isSubmitted ? 1 : 0),
      submission_method: isSubmitted ? 'manual' : before.evidence_details.submission_method,
    },
    metadata: mergeMetadata(before.metadata, given.metadata),
    status: isSubmitted
      ? before.status.startsWith('warning_')
        ? 'warning_under_review'
        : 'under_review'
      : before.status,
  }
  engine.store.put('dispute', after)
  engine.emit('charge.dispute.updated', after, previousAttributes(before, after))
  const verdict = isSubmitted ? verdicts[given.evidence?.uncategorized_text ?? ''] : undefined
  return verdict ? closeDispute(engine, id, verdict) : after
}

export const disputes: Resource = {
  routes: [
    route({
      method: 'GET',
      path: '/v1/disputes',
      params: { ...listParams, charge: string(), payment_intent: string() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('dispute')
            .filter(({ charge }) => params.charge === undefined || charge === params.charge)
            .filter(({ payment_intent: of }) => params.payment_intent === undefined || of === params.payment_intent),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/disputes/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('dispute', path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/disputes/:id',
      params: updateParams,
      handler: ({ engine, path, params }) => update(engine, path.id, params),
    }),
    route({
      method: 'POST',
      path: '/v1/disputes/:id/close',
      params: {},
      handler: ({ engine, path }) => closeDispute(engine, path.id, 'lost'),
    }),
  ],
}
