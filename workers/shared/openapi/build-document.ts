// `/openapi.json`: OpenAPI 3.1, from the schemas that validate requests.
import type { ProblemCode } from '../http/problems.ts'
import { problemResponses, problemSchemas } from './problem-schemas.ts'
import type { Access, Answer, Route } from './route.ts'
import { routes as allRoutes, tags } from './routes.ts'
import { createSchemaBook, type SchemaBook } from './schemas.ts'

type Json = Record<string, unknown>

const security: Record<Access, Json[]> = {
  key: [{ apiKey: [] }, { apiKeyHeader: [] }, { session: [] }],
  session: [{ session: [] }],
  anyone: [],
}

const everyones: ProblemCode[] = ['rate_limit_exceeded', 'internal_error', 'service_unavailable']
const callers: ProblemCode[] = ['unauthenticated', 'invalid_api_key', 'permission_denied']

const codesOf = (route: Route): ProblemCode[] => [
  ...(route.request || route.parameters ? (['invalid_request'] as const) : []),
  ...(route.request ? (['payload_too_large'] as const) : []),
  ...(route.access === 'anyone' ? [] : callers),
  ...(route.problems ?? []),
  ...everyones,
]

const headersOf = (headers: Record<string, string> | undefined): Json | undefined =>
  headers &&
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  )

/** Two answers of one status are one response with two kinds of content. */
function answersOf(answers: Answer[], book: SchemaBook): Record<string, Json> {
  const responses: Record<string, { description: string; headers?: Json; content?: Json }> = {}
  for (const { status, description, schema, contentType, headers, example } of answers) {
    const response = (responses[status] ??= { description: '' })
    response.description = [response.description, description].filter(Boolean).join(' ')
    if (headers) response.headers = headersOf(headers)
    if (!schema && !contentType) continue
    const media = { ...(schema && { schema: book.refer(schema, 'output') }), ...(example !== undefined && { example }) }
    response.content = { ...response.content, [contentType ?? 'application/json']: media }
  }
  return responses
}

function operationOf(route: Route, book: SchemaBook): Json {
  const { id, tag, summary, description, access, parameters, request, answers, errors = 'problem' } = route
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    security: security[access],
    ...(parameters && { parameters }),
    ...(request && {
      requestBody: {
        required: !request.optional,
        content: {
          [request.contentType ?? 'application/json']: {
            schema: book.refer(request.schema, 'input'),
            ...(request.example !== undefined && { example: request.example }),
          },
        },
      },
    }),
    responses: { ...answersOf(answers, book), ...problemResponses(codesOf(route), errors) },
  }
}

export function buildDocument({
  routes = allRoutes,
  version = '0.1.0',
}: { routes?: readonly Route[]; version?: string } = {}) {
  const book = createSchemaBook()
  const paths: Record<string, Json> = {}
  for (const route of routes) (paths[route.path] ??= {})[route.method] = operationOf(route, book)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Riwaq',
      version,
      description:
        'One metered API for every language model. Amounts are integers of one millionth of a US dollar (`…_micros`). Every answer has `x-request-id`. Errors have a stable `code`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags,
    paths,
    components: {
      schemas: { ...book.components(), ...problemSchemas },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `rq_…`.' },
        apiKeyHeader: {
          type: 'apiKey',
          in: 'header',
          name: 'x-api-key',
          description: 'The same key, as Anthropic’s clients send it.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'riwaq.session_token',
          description: 'The cookie of a signed-in person.',
        },
      },
    },
  }
}
