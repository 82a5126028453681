// Values that a JSON Schema describes. A name that stands for something outside the schema (a model, an address) is
// given its values by the caller.
import fc from 'fast-check'
import type { Json } from './description.ts'

export interface Vocabulary {
  components: Record<string, Json>
  /** Values for a property of this name, where the schema alone would only give nonsense. */
  named(name: string, schema: Json): fc.Arbitrary<unknown> | undefined
}

const DEEPEST = 7

/** What text is made of: both scripts, what breaks parsers, and a surrogate that has lost its other half. */
const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ maxLength: 24 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('مرحبا بالعالم', 'hello', '👩‍👩‍👧‍👦', 'a\u0000b', '\uD800', '\u202Eabc', '<script>', '0', ' '),
  },
  { weight: 1, arbitrary: fc.constantFrom('{"tokens":3}', "' or 1=1 --", '../../etc/passwd', '__proto__', 'null') },
)

const anything = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constant({}),
  fc.array(text, { maxLength: 2 }),
  fc.dictionary(fc.string({ maxLength: 8 }), fc.oneof(text, fc.integer()), { maxKeys: 3 }),
)

const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

function stringOf(schema: Json): fc.Arbitrary<string> {
  if (schema['format'] === 'email') return fc.integer({ min: 0, max: 99 }).map((at) => `fuzz-${at}@example.com`)
  const min = numberOf(schema['minLength'], 0)
  const max = numberOf(schema['maxLength'], 400)
  if (typeof schema['pattern'] === 'string') {
    const pattern = new RegExp(schema['pattern'])
    try {
      return fc.stringMatching(pattern)
    } catch {
      // A pattern that looks ahead cannot be written backwards.
      return text.filter((value) => pattern.test(value))
    }
  }
  const fitting = text.map((value) => (value.length < min ? value.padEnd(min, 'x') : value.slice(0, max)))
  return max > 4_000
    ? fitting
    : fc.oneof({ weight: 20, arbitrary: fitting }, { weight: 1, arbitrary: fc.constant('x'.repeat(max)) })
}

function integerOf(schema: Json): fc.Arbitrary<number> {
  const min = Math.max(numberOf(schema['minimum'], -1_000), numberOf(schema['exclusiveMinimum'], -Infinity) + 1)
  const max = Math.min(numberOf(schema['maximum'], 1_000_000), numberOf(schema['exclusiveMaximum'], Infinity) - 1)
  return fc.oneof(
    fc.integer({ min, max }),
    fc.integer({ min, max: Math.min(max, min + 10) }),
    fc.constantFrom(min, max),
  )
}

const numberBetween = (schema: Json): fc.Arbitrary<number> =>
  fc.double({
    min: numberOf(schema['minimum'] ?? schema['exclusiveMinimum'], -10),
    max: numberOf(schema['maximum'] ?? schema['exclusiveMaximum'], 10),
    noNaN: true,
  })

function objectOf(schema: Json, words: Vocabulary, depth: number): fc.Arbitrary<Json> {
  const properties = (schema['properties'] ?? {}) as Record<string, Json>
  const required = ((schema['required'] ?? []) as string[]).filter((name) => name in properties)
  const optional = Object.keys(properties).filter((name) => !required.includes(name))
  const valueOf = (name: string) =>
    words.named(name, properties[name]!) ?? arbitraryOfSchema(properties[name]!, words, depth + 1)
  const more = schema['additionalProperties']
  const others =
    typeof more === 'object' && Object.keys(more as Json).length > 0
      ? fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), arbitraryOfSchema(more as Json, words, depth + 1), {
          maxKeys: 3,
        })
      : fc.constant({})
  const few = Math.min(optional.length, depth > DEEPEST ? 0 : 3)
  const chosen = fc
    .oneof(fc.subarray(optional, { maxLength: few }), fc.subarray(optional, { maxLength: Math.min(few, 1) }))
    .chain((names) => fc.record(Object.fromEntries([...required, ...names].map((name) => [name, valueOf(name)]))))
  return fc.tuple(others, chosen).map(([rest, own]) => ({ ...rest, ...own }))
}

function ofType(type: unknown, schema: Json, words: Vocabulary, depth: number): fc.Arbitrary<unknown> {
  if (type === 'string') return stringOf(schema)
  if (type === 'integer') return integerOf(schema)
  if (type === 'number') return numberBetween(schema)
  if (type === 'boolean') return fc.boolean()
  if (type === 'null') return fc.constant(null)
  if (type === 'object') return objectOf(schema, words, depth)
  if (type !== 'array') return anything
  const minLength = numberOf(schema['minItems'], 0)
  const maxLength = Math.min(numberOf(schema['maxItems'], 100), minLength + (depth > DEEPEST ? 0 : 2))
  return fc.array(arbitraryOfSchema((schema['items'] ?? {}) as Json, words, depth + 1), { minLength, maxLength })
}

export function arbitraryOfSchema(schema: Json, words: Vocabulary, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema['$ref'] === 'string')
    return arbitraryOfSchema(words.components[schema['$ref'].split('/').at(-1)!]!, words, depth + 1)
  if ('const' in schema) return fc.constant(schema['const'])
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]))
  const choices = (schema['anyOf'] ?? schema['oneOf']) as Json[] | undefined
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOfSchema(choice, words, depth)))
  const types = [schema['type']].flat()
  return fc.oneof(...types.map((type) => ofType(type, schema, words, depth)))
}
