// An API key carries its organization and its own id, so that no look-up comes before the one trip to the
// organization's ledger. Reading it proves nothing: the ledger compares the hash.
import { Problem } from '#shared/http/problems'
import { sha256Hex } from '#shared/lib/bytes'

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

/** Null where no key was sent; throws where what was sent cannot be one. */
export async function readKey(headers: Headers): Promise<KeyClaim | null> {
  const text = keyText(headers)
  if (text === null) return null
  const parts = KEY.exec(text)
  if (!parts) throw invalidApiKey()
  return { organizationId: `org_${parts[1]}`, keyId: `key_${parts[2]}`, secretHash: await sha256Hex(text) }
}
