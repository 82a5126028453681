// An API key carries its organization and its own id, so that no look-up comes before the one trip to the
// organization's ledger. Reading it proves nothing: the ledger compares the hash.
import { Problem } from '../http/problems.ts'
import { sha256Hex } from '../lib/bytes.ts'
import { createSmallCache } from '../lib/small-cache.ts'

const KEY = /^rq_([0-9a-z]{8,64})_([0-9a-z]{8,64})_[0-9A-Za-z]{16,128}$/

export interface KeyClaim {
  organizationId: string
  keyId: string
  secretHash: string
}

const sentences = {
  unknown: 'This API key is not valid. Check that it was copied whole.',
  revoked: 'This API key has been revoked.',
  expired: 'This API key has expired.',
} as const

/** Only who has the whole key is told that it was revoked or has expired: the ledger says `unknown` to all others. */
export const invalidApiKey = (reason: keyof typeof sentences = 'unknown') =>
  new Problem('invalid_api_key', sentences[reason], { facts: { reason } })

function keyText(headers: Headers): string | null {
  const authorization = headers.get('authorization')
  const bearer = authorization === null ? null : /^Bearer\s+(.*)$/i.exec(authorization)
  return bearer ? bearer[1]!.trim() : headers.get('x-api-key')
}

/** Whether what was sent could be a key: only then has a ledger been asked for it. */
export const showsKey = (headers: Headers): boolean => KEY.test(keyText(headers) ?? '')

/** A busy caller's key is hashed once; what a key may do is asked of its ledger every time. */
const read = createSmallCache<KeyClaim>(256)

/** Null where no key was sent; throws where what was sent cannot be one. */
export async function readKey(headers: Headers): Promise<KeyClaim | null> {
  const text = keyText(headers)
  if (text === null) return null
  const known = read.get(text)
  if (known) return known
  const parts = KEY.exec(text)
  if (!parts) throw invalidApiKey()
  const secretHash = await sha256Hex(text)
  return read.set(text, { organizationId: `org_${parts[1]}`, keyId: `key_${parts[2]}`, secretHash })
}
