// The schemas that validate, as JSON Schema. Those with a name become components; the rest stand where they are used.
import { z } from 'zod'

type Json = Record<string, unknown>

const COMPONENTS = '#/components/schemas/'

function withComponentRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withComponentRefs)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== '~standard')
      .map(([name, field]) => [
        name,
        name === '$ref' && typeof field === 'string' ? field.replace('#/$defs/', COMPONENTS) : withComponentRefs(field),
      ]),
  )
}

export interface SchemaBook {
  /** What stands for this schema: a reference, or the schema itself. */
  refer(schema: z.ZodType, io: 'input' | 'output'): Json
  components(): Json
}

export function createSchemaBook(): SchemaBook {
  const components: Record<string, unknown> = {}

  function add(name: string, schema: Json) {
    const { id: _, ...rest } = withComponentRefs(schema) as Json
    components[name] = rest
  }

  return {
    refer(schema, io) {
      // A limit that code checks beyond what JSON Schema can say is left to its description.
      const {
        $schema: _,
        $defs = {},
        ...root
      } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Json & {
        $defs?: Record<string, Json>
      }
      for (const [name, definition] of Object.entries($defs)) add(name, definition)
      const name = z.globalRegistry.get(schema)?.id
      if (!name) return withComponentRefs(root) as Json
      // A named schema is given as a reference to its own definition.
      if (!root['$ref']) add(name, root)
      return { $ref: `${COMPONENTS}${name}` }
    },
    components: () => Object.fromEntries(Object.entries(components).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}
