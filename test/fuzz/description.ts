// The platform's own description of itself, as the fuzz run reads it: every operation, and a judge for every schema.
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

export type Json = Record<string, unknown>

export interface Parameter {
  name: string
  in: 'query' | 'path' | 'header'
  required?: boolean
  schema: Json
}

export interface Operation {
  id: string
  method: string
  path: string
  parameters: Parameter[]
  /** It takes a form, which is not made up here: it is asked without one. */
  form: boolean
  /** Null where it takes no body. */
  body: { schema: Json; required: boolean; example?: unknown } | null
  responses: Record<string, { content?: Record<string, { schema?: Json }> }>
}

export interface Description {
  operations: Operation[]
  components: Record<string, Json>
  /** One function for a schema, however often it is asked for. */
  judgeOf(schema: Json): ValidateFunction
}

interface Document {
  paths: Record<string, Record<string, RawOperation>>
  components: { schemas: Record<string, Json> }
}
interface RawOperation {
  operationId: string
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: Record<string, { schema: Json; example?: unknown }> }
  responses: Operation['responses']
}

function toOperation(path: string, method: string, raw: RawOperation): Operation {
  const media = raw.requestBody?.content['application/json']
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    parameters: raw.parameters ?? [],
    form: raw.requestBody?.content['multipart/form-data'] !== undefined,
    body: media ? { ...media, required: raw.requestBody!.required } : null,
    responses: raw.responses,
  }
}

export async function readDescription(url: string): Promise<Description> {
  const document = (await (await fetch(`${url}/openapi.json`)).json()) as Document
  const ajv = new Ajv2020({ strict: false, allErrors: false, logger: false })
  addFormats.default(ajv)
  ajv.addSchema({ $id: 'https://riwaq.test/openapi', components: document.components })
  const judges = new Map<Json, ValidateFunction>()
  return {
    operations: Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, raw]) => toOperation(path, method, raw)),
    ),
    components: document.components.schemas,
    judgeOf(schema) {
      const known = judges.get(schema)
      if (known) return known
      const text = JSON.stringify(schema).replaceAll('"#/components/', '"https://riwaq.test/openapi#/components/')
      const judge = ajv.compile(JSON.parse(text) as Json)
      judges.set(schema, judge)
      return judge
    },
  }
}
