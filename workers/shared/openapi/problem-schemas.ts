// How errors look: OpenAI's shape on /v1, Anthropic's on /v1/messages, RFC 9457 elsewhere. Better Auth's routes have
// codes of their own beside ours.
import { problemCodes, type ProblemCode } from '../http/problems.ts'

type Json = Record<string, unknown>

const facts = {
  type: 'object',
  additionalProperties: true,
  description: 'Machine-readable facts: amounts, limits, when it resets.',
}
const string = { type: 'string' }
const code = { type: 'string', enum: Object.keys(problemCodes) }

const problem = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code', 'request_id'],
  properties: {
    type: string,
    title: string,
    status: { type: 'integer' },
    detail: string,
    code,
    request_id: string,
    param: string,
    facts,
  },
}

export const problemSchemas: Record<'OpenAIError' | 'AnthropicError' | 'Problem' | 'AccountProblem', Json> = {
  OpenAIError: {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['message', 'type', 'param', 'code'],
        properties: { message: string, type: string, param: { type: ['string', 'null'] }, code, facts },
      },
    },
  },
  AnthropicError: {
    type: 'object',
    required: ['type', 'error'],
    properties: {
      type: { const: 'error' },
      error: {
        type: 'object',
        required: ['type', 'message', 'code'],
        properties: { type: string, message: string, code, param: string, facts },
      },
      request_id: string,
    },
  },
  Problem: problem,
  AccountProblem: { ...problem, properties: { ...problem.properties, code: string, message: string } },
}

const shapes = {
  openai: { schema: 'OpenAIError', contentType: 'application/json' },
  anthropic: { schema: 'AnthropicError', contentType: 'application/json' },
  problem: { schema: 'Problem', contentType: 'application/problem+json' },
  account: { schema: 'AccountProblem', contentType: 'application/problem+json' },
} as const

/** One response for each status, naming the codes that it may have. */
export function problemResponses(codes: Iterable<ProblemCode>, shape: keyof typeof shapes): Record<string, Json> {
  const byStatus = new Map<number, ProblemCode[]>()
  for (const each of new Set(codes))
    byStatus.set(problemCodes[each].status, [...(byStatus.get(problemCodes[each].status) ?? []), each])
  const { schema, contentType } = shapes[shape]
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      String(status),
      {
        description: names.map((name) => `\`${name}\``).join(', '),
        ...(names.some((name) => problemCodes[name].retry) && {
          headers: {
            'Retry-After': { description: 'Seconds to wait, where that is known.', schema: { type: 'integer' } },
          },
        }),
        content: { [contentType]: { schema: { $ref: `#/components/schemas/${schema}` } } },
      },
    ]),
  )
}
