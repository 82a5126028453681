import { invalidRequest } from '#shared/http/problems'
import { sha256Hex } from '#shared/lib/bytes'

/** The same value in the same text, whatever order its writer chose for the keys. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{${fields
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`)
    .join(',')}}`
}

const PRINTABLE = /^[\x21-\x7e]([\x20-\x7e]{0,253}[\x21-\x7e])?$/

/** Null where the header is absent. */
export function readIdempotencyKey(header: string | null): string | null {
  if (header === null) return null
  if (!PRINTABLE.test(header))
    throw invalidRequest('An Idempotency-Key is 1 to 255 printable ASCII characters.', 'Idempotency-Key')
  return header
}

export const fingerprintOf = (path: string, body: unknown): Promise<string> =>
  sha256Hex(`${path}\n${canonicalJson(body)}`)
