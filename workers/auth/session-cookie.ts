// Reads the cookies that Better Auth signs, above all the session's: `<token>.<HMAC-SHA256 in base64>`. Done here and not
// through its API because this is the one question of every signed-in call, and one query can answer it.

export const COOKIE_PREFIX = 'riwaq'

const signed = {
  session: /(?:^|;\s*)(?:__Secure-)?riwaq\.session_token=([^;]+)/g,
  /** What the password alone leaves where a second factor is asked for. */
  challenge: /(?:^|;\s*)(?:__Secure-)?riwaq\.two_factor=([^;]+)/g,
}

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

async function readSigned(name: keyof typeof signed, cookieHeader: string, secret: string): Promise<string[]> {
  const found = await Promise.all(
    [...cookieHeader.matchAll(signed[name])].slice(0, 4).map(([, value]) => tokenOf(value!, secret)),
  )
  return found.filter((token) => token !== null)
}

/** The tokens that are genuinely ours, of which there can be two: one set over http and one over https. */
export const readSessionTokens = (cookieHeader: string, secret: string): Promise<string[]> =>
  readSigned('session', cookieHeader, secret)

export const readChallenges = (cookieHeader: string, secret: string): Promise<string[]> =>
  readSigned('challenge', cookieHeader, secret)
