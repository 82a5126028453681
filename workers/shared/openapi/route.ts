// One public route, as the reference describes it.
import type { z } from 'zod'
import type { ProblemCode } from '../http/problems.ts'

/** key: an API key or a session. session: a signed-in person. anyone: no credentials. */
export type Access = 'key' | 'session' | 'anyone'

export interface Parameter {
  name: string
  in: 'query' | 'path' | 'header'
  description: string
  required?: boolean
  schema: Record<string, unknown>
}

export interface Answer {
  status: number
  description: string
  schema?: z.ZodType
  contentType?: string
  headers?: Record<string, string>
  example?: unknown
}

export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  path: string
  /** Unique; the name of the operation. */
  id: string
  tag:
    | 'language'
    | 'conversations'
    | 'images'
    | 'library'
    | 'usage'
    | 'billing'
    | 'keys'
    | 'organization'
    | 'provider-keys'
    | 'requests'
    | 'webhooks'
    | 'account'
    | 'sign-in'
    | 'operators'
    | 'platform'
  summary: string
  description?: string
  access: Access
  parameters?: Parameter[]
  request?: { schema: z.ZodType; example?: unknown; contentType?: string; optional?: boolean }
  answers: Answer[]
  /** Beyond those that any route of its kind may give. */
  problems?: ProblemCode[]
  /** How its problems look. */
  errors?: 'openai' | 'anthropic' | 'problem' | 'account'
}

export const text = { type: 'string' }
export const pathId = (name: string, description: string): Parameter => ({
  name,
  in: 'path',
  description,
  required: true,
  schema: text,
})

export const pageParameters: Parameter[] = [
  {
    name: 'limit',
    in: 'query',
    description: 'How many, from 1 to 100.',
    schema: { type: 'integer', minimum: 1, maximum: 100 },
  },
  { name: 'cursor', in: 'query', description: '`next_cursor` of the page before. Opaque.', schema: text },
]

export const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'For 24 hours the same key and body give the same answer and one charge; another body gives 409. 1 to 255 printable ASCII characters.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
}

export const cacheParameters: Parameter[] = [
  {
    name: 'x-riwaq-cache',
    in: 'header',
    description:
      '`use`: an equal request of the organization is given the same answer, with no vendor asked. `off`: never, also where the key has it switched on.',
    schema: { type: 'string', enum: ['use', 'off'] },
  },
  {
    name: 'x-riwaq-cache-ttl',
    in: 'header',
    description:
      'How many seconds old such an answer may be, and how long this one is kept; 3600 where it is not said.',
    schema: { type: 'integer', minimum: 1, maximum: 604_800 },
  },
]

export const routingParameters: Parameter[] = [
  {
    name: 'x-riwaq-models',
    in: 'header',
    description: 'Models to try after the one in the body, separated by commas, before the first byte.',
    schema: text,
  },
  {
    name: 'x-riwaq-provider-order',
    in: 'header',
    description: 'Vendors to ask first, in this order, separated by commas.',
    schema: text,
  },
]
