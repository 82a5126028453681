// The log of an organization's requests on the wire.
import { z } from 'zod'
import { PageQuery } from './page.ts'

const Moment = z.iso.datetime({ offset: true })

export const ListRequestsQuery = PageQuery.extend({
  model: z.string().min(1).max(200).optional(),
  key_id: z.string().min(1).max(100).optional(),
  user_id: z.string().min(1).max(100).optional(),
  /** A status, or what sort of one. */
  status: z.union([z.enum(['ok', 'error']), z.coerce.number().int().min(100).max(599)]).optional(),
  from: Moment.optional(),
  to: Moment.optional(),
}).strict()
export type ListRequestsQuery = z.infer<typeof ListRequestsQuery>

export const RequestLogEntry = z.object({
  id: z.string().describe('the request’s id, as in `x-request-id`'),
  created_at: z.string(),
  key_id: z.string().nullable(),
  user_id: z.string().nullable().describe('who asked, or made the key that asked'),
  path: z.string(),
  requested_model: z.string().describe('as the caller wrote it'),
  model: z.string().nullable().describe('who answered or was asked last; null: nobody was'),
  provider: z.string().nullable(),
  status: z.number().int(),
  code: z.string().nullable().describe('why it was refused or failed; null for an answer'),
  ending: z.enum(['complete', 'cut', 'left', 'failed']).nullable(),
  stream: z.boolean(),
  attempts: z.number().int(),
  cache: z.enum(['hit', 'miss']).nullable(),
  replayed: z.boolean().describe('an answer given again for its Idempotency-Key'),
  usage: z.record(z.string(), z.number()),
  cost_micros: z.number().int(),
  estimated: z.boolean(),
  first_byte_ms: z.number().int().nullable(),
  total_ms: z.number().int(),
  guardrails: z.array(z.string()).describe('`stage.guardrail=count`; never what was found'),
  content: z.enum(['none', 'redacted', 'full']).describe('what is kept of what was said'),
  expires_at: z.string(),
})
export type RequestLogEntry = z.infer<typeof RequestLogEntry>

export const RequestLogDetail = RequestLogEntry.extend({
  kept: z
    .object({
      request: z.unknown().describe('what the caller sent; text where it was too long to be kept whole'),
      answer: z.unknown().describe('what the caller was given; a stream as the text it said'),
      truncated: z.boolean(),
    })
    .nullable(),
})
export type RequestLogDetail = z.infer<typeof RequestLogDetail>
