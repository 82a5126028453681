// Whether an object looks as Stripe's own fixtures do: the same keys at every depth, and values of the same kinds. The
// fixtures are of an API version some weeks older than the SDK; what changed between the two is named here.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Shape = null | string | number | boolean | Shape[] | { [key: string]: Shape }
type Dictionary = { [key: string]: Shape }

const { resources } = JSON.parse(readFileSync(join(import.meta.dirname, 'generated', 'fixtures.json'), 'utf8')) as {
  resources: Record<string, Dictionary>
}

/** Whatever keys these have is their owner's matter. */
const free = new Set(['metadata', 'payload', 'previous_attributes', 'payment_method_options', 'event_payload'])

const isDictionary = (value: Shape | undefined): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const nameOf = (value: Dictionary): string | null =>
  typeof value.object !== 'string' ? null : value.deleted === true ? `deleted_${value.object}` : value.object

/** `invoice.lines.data[]` */
interface Place {
  path: string
  /** Keys that may be absent or more than the fixture has, as `subscription.plan`. */
  allowed: ReadonlySet<string>
}

function compareKeys(actual: Dictionary, expected: Dictionary, { path, allowed }: Place): string[] {
  const missing = Object.keys(expected).filter((key) => !(key in actual) && !allowed.has(`${path}.${key}`))
  return missing.map((key) => `${path}.${key} is missing`)
}

function compare(actual: Shape, expected: Shape, place: Place): string[] {
  if (actual === null || expected === null) return []
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${place.path} is no list`]
    return actual.flatMap((item) => compareNamed(item, expected[0], { ...place, path: `${place.path}[]` }))
  }
  if (isDictionary(expected)) {
    // An object may stand in place of its id (expanded), and an id in place of its object.
    if (!isDictionary(actual))
      return typeof actual === 'string' && 'id' in expected ? [] : [`${place.path} is no object`]
    return compareNamed(actual, expected, place)
  }
  if (isDictionary(actual))
    return typeof expected === 'string' && typeof actual.id === 'string'
      ? compareNamed(actual, undefined, place)
      : [`${place.path} is an object`]
  return typeof actual === typeof expected ? [] : [`${place.path} is a ${typeof actual}, not a ${typeof expected}`]
}

/** What says of itself what it is, is compared with that. */
function compareNamed(actual: Shape, expected: Shape | undefined, place: Place): string[] {
  if (!isDictionary(actual)) return expected === undefined ? [] : compare(actual, expected, place)
  const name = nameOf(actual)
  const known = name === null ? undefined : resources[name]
  const model = known ?? expected
  if (!isDictionary(model)) return []
  const here = { ...place, path: known ? name! : place.path }
  return [
    ...compareKeys(actual, model, here),
    ...Object.entries(actual).flatMap(([key, value]) => {
      const like = model[key]
      if (free.has(key) || like === undefined) return []
      return compare(value, like, { ...here, path: `${here.path}.${key}` })
    }),
  ]
}

/** What is not as Stripe's fixture has it, each said once. */
export const differencesFromFixture = (object: unknown, allowed: ReadonlySet<string> = new Set()): string[] => [
  ...new Set(compareNamed(object as Shape, undefined, { path: '', allowed })),
]
