// A JSON Schema as rows to read: one for each field, those of a field indented below it.
export type Json = Record<string, unknown>

export interface SchemaRow {
  name: string
  depth: number
  type: string
  required: boolean
  description: string
}

/** Deeper than this a reader looks into the file itself. */
const MAX_DEPTH = 4

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : [])

export function resolveRef(schema: Json, components: Json): Json {
  const ref = schema['$ref']
  if (typeof ref !== 'string') return schema
  const target = components[ref.split('/').at(-1) ?? '']
  return isJson(target) ? target : {}
}

const quoted = (values: unknown[]): string => values.map((value) => JSON.stringify(value)).join(' | ')

/** In a few words: `string`, `"a" | "b"`, `array of object`. */
export function typeOf(given: Json, components: Json): string {
  const schema = resolveRef(given, components)
  const choices = [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])]
  if (choices.length > 0) return [...new Set(choices.map((choice) => typeOf(choice, components)))].join(' | ')
  if (Array.isArray(schema['enum'])) return quoted(schema['enum'])
  if ('const' in schema) return quoted([schema['const']])
  if (schema['type'] === 'array')
    return isJson(schema['items']) ? `array of ${typeOf(schema['items'], components)}` : 'array'
  return [schema['type'] ?? 'any'].flat().map(String).join(' | ')
}

/** The objects within a schema: itself, its items, or each of its shapes. */
function objectsOf(given: Json, components: Json): Json[] {
  const schema = resolveRef(given, components)
  if (isJson(schema['properties'])) return [schema]
  if (isJson(schema['items'])) return objectsOf(schema['items'], components)
  return [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].flatMap((choice) => objectsOf(choice, components))
}

export function schemaRows(schema: Json, components: Json, depth = 0): SchemaRow[] {
  if (depth > MAX_DEPTH) return []
  return objectsOf(schema, components).flatMap((object) => {
    const required = Array.isArray(object['required']) ? object['required'] : []
    return Object.entries(object['properties'] as Json).flatMap(([name, value]) => {
      const field = isJson(value) ? value : {}
      const description = field['description'] ?? resolveRef(field, components)['description']
      const row = {
        name,
        depth,
        type: typeOf(field, components),
        required: required.includes(name),
        description: typeof description === 'string' ? description : '',
      }
      return [row, ...schemaRows(field, components, depth + 1)]
    })
  })
}
