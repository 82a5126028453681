// One thing wrong with a body that was right: what is sent is text, because some of it is not JSON.
import fc from 'fast-check'
import type { Json } from './description.ts'

type Path = (string | number)[]

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path
  if (Array.isArray(value)) for (const [at, item] of value.entries()) yield* pathsOf(item, [...path, at])
  else if (typeof value === 'object' && value !== null)
    for (const [name, field] of Object.entries(value)) yield* pathsOf(field, [...path, name])
}

function changed(value: unknown, [step, ...rest]: Path, change: (parent: Json, step: string) => void): unknown {
  const copy = (Array.isArray(value) ? [...value] : { ...(value as Json) }) as Json
  if (rest.length === 0) change(copy, String(step))
  else copy[String(step)] = changed(copy[String(step)], rest, change)
  return copy
}

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

/** In the place of any value. Never right by its type in more than a few places. */
const strangers: unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e21,
  '',
  'x',
  [],
  [null],
  {},
  { a: 1 },
  '\uD800',
  'x'.repeat(5_000),
]

/** Instead of a whole body. */
const wholes = [
  '',
  ' ',
  'null',
  '[]',
  '7',
  '"text"',
  '{',
  '{"model":',
  'NaN',
  "{'a':1}",
  '\u0000',
  nested(90),
  nested(40_000),
]

const strangeMembers = ['__proto__', 'constructor', 'toString', 'unexpected']

function breakAt(body: unknown, { where, how, stranger }: { where: number; how: number; stranger: number }): string {
  const paths = [...pathsOf(body)]
  const path = paths[where % Math.max(paths.length, 1)]
  if (!path || how === 0) return JSON.stringify(body).slice(0, -1 - (where % 8))
  if (how <= 3)
    return JSON.stringify(
      changed(body, path, (parent, step) => {
        if (Array.isArray(parent)) parent.splice(Number(step), 1)
        else delete parent[step]
      }),
    )
  if (how <= 9)
    return JSON.stringify(
      changed(body, path, (parent, step) => void (parent[step] = strangers[stranger % strangers.length])),
    )
  const member = JSON.stringify(strangeMembers[stranger % strangeMembers.length])
  return `{${member}:${how === 10 ? nested(150) : '{"polluted":true}'},${JSON.stringify(body).slice(1)}`
}

export const brokenBody = (right: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...wholes) },
    {
      weight: 9,
      arbitrary: fc
        .record({ body: right, where: fc.nat(200), how: fc.nat(11), stranger: fc.nat(100) })
        .map(({ body, ...choice }) => breakAt(body, choice)),
    },
  )
