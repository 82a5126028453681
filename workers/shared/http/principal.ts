// How the principal travels from the gateway to a service: a signed header that the gateway deletes from
// every incoming request before it sets its own. Services also trust it because only the gateway can reach
// them and because the binding's props name the caller; the signature is the third lock.
import type { Principal } from '../contracts/principal.ts'
import { fromBase64Url, toBase64Url } from '../lib/bytes.ts'

export const PRINCIPAL_HEADER = 'x-riwaq-principal'
export const REQUEST_ID_HEADER = 'x-request-id'

/** A principal is for one request: five minutes cover the slowest upload before it reaches its service. */
const LIFETIME_MS = 5 * 60_000

interface Sealed {
  principal: Principal
  requestId: string
  at: number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const keys = new Map<string, Promise<CryptoKey>>()

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

export async function sealPrincipal(sealed: Sealed, secret: string): Promise<string> {
  const payload = encoder.encode(JSON.stringify(sealed))
  const signature = await crypto.subtle.sign('HMAC', await signingKey(secret), payload)
  return `${toBase64Url(payload)}.${toBase64Url(new Uint8Array(signature))}`
}

/** Null where the header is missing, altered, too old or of another request. */
export async function openPrincipal(
  header: string | null,
  { secret, requestId, now }: { secret: string; requestId: string; now: number },
): Promise<Principal | null> {
  const [payloadText, signatureText, ...rest] = header?.split('.') ?? []
  if (!payloadText || !signatureText || rest.length > 0) return null
  try {
    const payload = fromBase64Url(payloadText)
    const genuine = await crypto.subtle.verify('HMAC', await signingKey(secret), fromBase64Url(signatureText), payload)
    if (!genuine) return null
    const sealed = JSON.parse(decoder.decode(payload)) as Sealed
    return sealed.requestId === requestId && Math.abs(now - sealed.at) < LIFETIME_MS ? sealed.principal : null
  } catch {
    return null
  }
}
