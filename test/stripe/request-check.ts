// Whether a request is one that Stripe takes, by schemas that were made from the official SDK's own types
// (`npm run stripe:schemas`). It knows shapes, not meaning.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { parse } from 'qs'

interface Operation {
  operation: string
  method: string
  path: string
  required: boolean
  schema: string | null
}

interface Schemas {
  stripe: string
  operations: Operation[]
  definitions: Record<string, object>
}

export const schemas = JSON.parse(
  readFileSync(join(import.meta.dirname, 'generated', 'requests.json'), 'utf8'),
) as Schemas

// Form fields are text: what a schema calls a number or a truth value is read as one.
const ajv = new Ajv({ coerceTypes: true, strict: false, allErrors: true })
ajv.addSchema({ $id: 'stripe', definitions: schemas.definitions })
const compiled = new Map<string, ValidateFunction>()

function validatorOf(name: string): ValidateFunction {
  let validate = compiled.get(name)
  if (!validate) compiled.set(name, (validate = ajv.compile({ $ref: `stripe#/definitions/${name}` })))
  return validate
}

const matchers = schemas.operations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replaceAll('{id}', '[^/]+')}$`),
  literal: !operation.path.includes('{id}'),
}))

/** The operation of the SDK that this is; `/v1/invoices/create_preview` is no invoice's id. */
export function operationOf(method: string, path: string): Operation | null {
  const fits = matchers.filter(({ operation, pattern }) => operation.method === method && pattern.test(path))
  return (fits.find(({ literal }) => literal) ?? fits[0])?.operation ?? null
}

export interface CheckedRequest {
  method: string
  /** With its query. */
  url: string
  /** As it is sent: form-encoded. */
  body: string
}

/** What Stripe's types have against it; empty where nothing. */
export function objectionsTo({ method, url, body }: CheckedRequest): string[] {
  const { pathname, search } = new URL(url, 'https://api.stripe.com')
  const operation = operationOf(method, pathname)
  if (!operation) return [`${method} ${pathname} is no operation that is known here`]
  const form = parse(method === 'GET' ? search.slice(1) : body || search.slice(1), {
    depth: 20,
    arrayLimit: 1_000,
    parameterLimit: 10_000,
  })
  if (operation.schema === null)
    return Object.keys(form).map((name) => `${operation.operation}: takes no parameters, not ${name}`)
  const validate = validatorOf(operation.schema)
  if (validate(form)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${operation.operation}: ${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  )
}

/** Sends only what Stripe's types allow; `seen` has the operations that were asked. */
export function checkedFetch(
  send: (input: string, init: RequestInit) => Promise<Response>,
  seen: Set<string> = new Set(),
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const request = new Request(input, init)
    const body = await request.clone().text()
    const objections = objectionsTo({ method: request.method, url: request.url, body })
    if (objections.length > 0) throw new Error(`Stripe would refuse this: ${objections.join('; ')}`)
    seen.add(operationOf(request.method, new URL(request.url).pathname)!.operation)
    return send(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.method !== 'GET' && request.method !== 'HEAD' && { body }),
    })
  }
}
