// The description of the API, in the order in which it is read.
import { buildDocument } from '#shared/openapi/build-document'
import type { Route } from '#shared/openapi/route'
import type { Json } from './schema-rows.ts'

export interface ReferenceParameter {
  name: string
  in: string
  description: string
  required?: boolean
}

export interface ReferenceResponse {
  status: string
  description: string
  schema: Json | null
  isProblem: boolean
}

export interface ReferenceOperation {
  id: string
  method: string
  path: string
  summary: string
  description: string
  access: 'key' | 'session' | 'anyone'
  parameters: ReferenceParameter[]
  body: { schema: Json; example: unknown } | null
  responses: ReferenceResponse[]
}

export interface ReferenceSection {
  tag: Route['tag']
  description: string
  operations: ReferenceOperation[]
}

interface Media {
  schema?: Json
  example?: unknown
}

interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  security: Json[]
  parameters?: ReferenceParameter[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description: string; content?: Record<string, Media> }>
}

const accessOf = (security: Json[]): ReferenceOperation['access'] => {
  if (security.length === 0) return 'anyone'
  return security.some((requirement) => 'apiKey' in requirement) ? 'key' : 'session'
}

function toOperation(method: string, path: string, operation: Operation): ReferenceOperation {
  const body = operation.requestBody?.content['application/json']
  return {
    id: operation.operationId,
    method,
    path,
    summary: operation.summary,
    description: operation.description ?? '',
    access: accessOf(operation.security),
    parameters: operation.parameters ?? [],
    body: body?.schema ? { schema: body.schema, example: body.example } : null,
    responses: Object.entries(operation.responses).map(([status, { description, content }]) => ({
      status,
      description,
      schema: content?.['application/json']?.schema ?? null,
      isProblem: Number(status) >= 400,
    })),
  }
}

/** Made from the schemas when the site is built: the page cannot say otherwise than they do. */
export function referenceSections(): { sections: ReferenceSection[]; components: Json } {
  const document = buildDocument()
  const operations = Object.entries(document.paths as unknown as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        tags: operation.tags,
        operation: toOperation(method, path, operation),
      })),
  )
  const sections = document.tags.map(({ name, description }) => ({
    tag: name,
    description,
    operations: operations.filter(({ tags }) => tags.includes(name)).map(({ operation }) => operation),
  }))
  return { sections, components: document.components.schemas as Json }
}
