// Reads the session's cookie as Better Auth signs it: `<token>.<HMAC-SHA256 in base64>`. Done here and not
// through its API because this is the one question of every signed-in call, and one query can answer it.

export const COOKIE_PREFIX = 'riwaq'

const SESSION_COOKIE = /(?:^|;\s*)(?:__Secure-)?riwaq\.session_token=([^;]+)/g

const encoder = new TextEncoder()
const keys = new Map<string, Promise<CryptoKey>>()

function verifyingKey(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret)
  if (!key) {
    key = crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
    keys.set(secret, key)
  }
  return key
}

async function tokenOf(cookie: string, secret: string): Promise<string | null> {
  try {
    const value = decodeURIComponent(cookie)
    const dot = value.lastIndexOf('.')
    if (dot < 1) return null
    const token = value.slice(0, dot)
    const signature = Uint8Array.from(atob(value.slice(dot + 1)), (character) => character.charCodeAt(0))
    return (await crypto.subtle.verify('HMAC', await verifyingKey(secret), signature, encoder.encode(token)))
      ? token
      : null
  } catch {
    return null
  }
}

/** The tokens that are genuinely ours, of which there can be two: one set over http and one over https. */
export async function readSessionTokens(cookieHeader: string, secret: string): Promise<string[]> {
  const found = await Promise.all(
    [...cookieHeader.matchAll(SESSION_COOKIE)].slice(0, 4).map(([, value]) => tokenOf(value!, secret)),
  )
  return found.filter((token) => token !== null)
}
