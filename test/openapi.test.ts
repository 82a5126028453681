// The description of the API: valid OpenAPI 3.1, and of everything that is there.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ChatCompletionRequest } from '#shared/contracts/chat-completions'
import { problemCodes } from '#shared/http/problems'
import { buildDocument } from '#shared/openapi/build-document'
import { services } from '../workers/gateway/services.ts'

type Json = Record<string, unknown>

// As it is served: only what JSON can carry.
const document = JSON.parse(JSON.stringify(buildDocument({ version: '1.2.3' }))) as {
  openapi: string
  info: Json
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Json>; securitySchemes: Record<string, Json> }
}
interface Operation {
  operationId: string
  tags: string[]
  summary: string
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; required?: boolean; schema: Json; description: string }[]
  requestBody?: { required: boolean; content: Record<string, { schema: Json; example?: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema?: Json }> }>
}

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation, name: `${method} ${path}` })),
)

function* nodes(value: unknown): Generator<Json> {
  if (Array.isArray(value)) for (const each of value) yield* nodes(each)
  else if (typeof value === 'object' && value !== null) {
    yield value as Json
    for (const each of Object.values(value)) yield* nodes(each)
  }
}

const isSchemaType = (type: unknown) =>
  ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'].includes(String(type))

test('it says what it is', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d$/)
  expect(document.info).toMatchObject({ title: 'Riwaq', version: '1.2.3' })
})

test('every operation has a name of its own, a sentence, a known tag and known credentials', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  const tags = document.tags.map(({ name }) => name)
  const schemes = Object.keys(document.components.securitySchemes)
  for (const { operation, method } of operations) {
    expect(['get', 'post', 'patch', 'put', 'delete']).toContain(method)
    expect(operation.summary).not.toBe('')
    for (const tag of operation.tags) expect(tags).toContain(tag)
    for (const requirement of operation.security)
      for (const scheme of Object.keys(requirement)) expect(schemes).toContain(scheme)
  }
})

test.each(operations.map((each) => [each.name, each] as const))(
  '%s declares the parameters of its path, once each',
  (_, { path, operation }) => {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    expect(declared.map(({ name }) => name).toSorted()).toEqual(inPath.toSorted())
    for (const parameter of declared) expect(parameter.required).toBe(true)
    const all = (operation.parameters ?? []).map((parameter) => `${parameter.in} ${parameter.name}`)
    expect(new Set(all).size).toBe(all.length)
  },
)

test.each(operations.map((each) => [each.name, each] as const))(
  '%s says what it answers, and how it fails',
  (_, { operation }) => {
    const statuses = Object.keys(operation.responses)
    expect(statuses.some((status) => /^[123]\d\d$/.test(status))).toBe(true)
    expect(statuses.every((status) => /^[1-5]\d\d$/.test(status))).toBe(true)
    expect(statuses).toContain('500')
    for (const { description } of Object.values(operation.responses)) expect(description).not.toBe('')
  },
)

test('every reference leads somewhere and every type is one', () => {
  for (const node of nodes(document)) {
    if (typeof node['$ref'] === 'string') {
      expect(node['$ref']).toMatch(/^#\/components\/schemas\/\w+$/)
      expect(Object.keys(document.components.schemas)).toContain(node['$ref'].split('/').at(-1))
    }
    // JSON Schema of 3.1 has no `nullable`, and `exclusiveMinimum` is a number.
    expect(node).not.toHaveProperty('nullable')
    if ('exclusiveMinimum' in node && 'type' in node) expect(typeof node['exclusiveMinimum']).toBe('number')
  }
  for (const schema of Object.values(document.components.schemas)) {
    const types = 'type' in schema ? [schema['type']].flat() : []
    expect(types.every(isSchemaType)).toBe(true)
  }
})

test('every prefix that the gateway dispatches is described', () => {
  const paths = Object.keys(document.paths)
  for (const { prefix } of services)
    expect(paths.some((path) => path === prefix || path.startsWith(`${prefix}/`))).toBe(true)
})

test('nothing is described that the gateway does not dispatch', () => {
  const own = ['/health', '/openapi.json']
  for (const path of Object.keys(document.paths)) {
    expect(own.includes(path) || services.some(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))).toBe(
      true,
    )
  }
})

test('every route of signing in that is open is described', () => {
  const source = readFileSync('workers/auth/sign-in-paths.ts', 'utf8')
  const open = [...source.matchAll(/path: '([^']+)',\s*method: '(GET|POST)'/g)].map(
    ([, path, method]) => `${method!.toLowerCase()} /api/auth/${path!.replace('*', '{token}')}`,
  )
  expect(open.length).toBeGreaterThan(20)
  expect(
    operations
      .filter(({ path }) => path.startsWith('/api/auth/'))
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(open.toSorted())
})

test('every code of the list of errors is a code of some route, or of the widget’s to come', () => {
  const told = new Set(
    operations.flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ description }) =>
        [...description.matchAll(/`(\w+)`/g)].map(([, code]) => code),
      ),
    ),
  )
  const unused = Object.keys(problemCodes).filter((code) => !told.has(code))
  expect(unused.toSorted()).toEqual(['method_not_allowed', 'origin_not_allowed'])
})

test('what is described is what validates: an example of the reference is accepted', () => {
  const { schema, example } = document.paths['/v1/chat/completions']!['post']!.requestBody!.content['application/json']!
  expect(schema).toEqual({ $ref: '#/components/schemas/ChatCompletionRequest' })
  expect(ChatCompletionRequest.safeParse(example).success).toBe(true)
  expect(Object.keys(document.components.schemas['ChatCompletionRequest']!['properties'] as Json)).toEqual(
    Object.keys(ChatCompletionRequest.shape),
  )
})
