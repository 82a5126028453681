// A body as JSON. What is nested without end is refused here, where it can be without recursion: everything after this
// walks a value by calling itself, and a stack that overflows is a fault of ours.
import { invalidRequest } from './problems.ts'

/** Deeper than any schema of a tool that people write. */
const MAX_DEPTH = 100

type Nested = Record<string, unknown> | unknown[]

const isNested = (value: unknown): value is Nested => typeof value === 'object' && value !== null

export function isTooDeep(root: unknown): boolean {
  let level: Nested[] = isNested(root) ? [root] : []
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true
    const next: Nested[] = []
    for (const value of level) {
      if (Array.isArray(value)) {
        for (const item of value) if (isNested(item)) next.push(item)
      } else {
        for (const name in value) {
          const field = value[name]
          if (isNested(field)) next.push(field)
        }
      }
    }
    level = next
  }
  return false
}

export function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalidRequest(text.trim() === '' ? 'The body is empty; JSON was expected.' : 'The body is not valid JSON.')
  }
  if (isTooDeep(value)) throw invalidRequest(`The body is nested more than ${MAX_DEPTH} levels deep.`)
  return value
}
