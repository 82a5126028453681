// How the principal travels from the gateway to a service: a signed header that the gateway deletes from
// every incoming request before it sets its own. Services also trust it because only the gateway can reach
// them and because the binding's props name the caller; the signature is the third lock.
import type { Principal } from '../contracts/principal.ts'
import { fromBase64Url, toBase64Url } from '../lib/bytes.ts'
import { createSmallCache } from '../lib/small-cache.ts'

export const PRINCIPAL_HEADER = 'x-riwaq-principal'
export const REQUEST_ID_HEADER = 'x-request-id'

/** Five minutes cover the slowest upload before it reaches its service. */
const LIFETIME_MS = 5 * 60_000
/** A seal says its minute, not its moment, so that a busy caller's is made and read once a minute. */
const MINUTE_MS = 60_000

interface Sealed {
  principal: Principal
  at: number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const keys = new Map<string, Promise<CryptoKey>>()
const made = createSmallCache<string>(256)
const opened = createSmallCache<Sealed>(256)

function signingKey(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret)
  if (!key) {
    key = crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
      'verify',
    ])
    keys.set(secret, key)
  }
  return key
}

async function sign(text: string, secret: string): Promise<string> {
  const payload = encoder.encode(text)
  const signature = await crypto.subtle.sign('HMAC', await signingKey(secret), payload)
  return `${toBase64Url(payload)}.${toBase64Url(new Uint8Array(signature))}`
}

export async function sealPrincipal({ principal, at }: Sealed, secret: string): Promise<string> {
  const text = JSON.stringify({ principal, at: at - (at % MINUTE_MS) } satisfies Sealed)
  const known = `${secret} ${text}`
  return made.get(known) ?? made.set(known, await sign(text, secret))
}

async function read(header: string, secret: string): Promise<Sealed | null> {
  const [payloadText, signatureText, ...rest] = header.split('.')
  if (!payloadText || !signatureText || rest.length > 0) return null
  try {
    const payload = fromBase64Url(payloadText)
    const genuine = await crypto.subtle.verify('HMAC', await signingKey(secret), fromBase64Url(signatureText), payload)
    return genuine ? (JSON.parse(decoder.decode(payload)) as Sealed) : null
  } catch {
    return null
  }
}

/** Null where the header is missing, altered or too old. */
export async function openPrincipal(
  header: string | null,
  { secret, now }: { secret: string; now: number },
): Promise<Principal | null> {
  if (!header) return null
  const known = `${secret} ${header}`
  let sealed = opened.get(known)
  if (!sealed) {
    const genuine = await read(header, secret)
    if (!genuine) return null
    // Shared by every request of this caller: nobody may change it.
    sealed = opened.set(known, { ...genuine, principal: Object.freeze(genuine.principal) })
  }
  return Math.abs(now - sealed.at) < LIFETIME_MS ? sealed.principal : null
}
