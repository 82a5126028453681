// Standard Webhooks (https://www.standardwebhooks.com): what a receiver checks a delivery by.

const PREFIX = 'whsec_'
const SECRET_BYTES = 32

const encoder = new TextEncoder()

export const createSigningSecret = (): string =>
  PREFIX + btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))))

async function sign(secret: string, content: string): Promise<string> {
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (character) => character.charCodeAt(0))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(content))
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`
}

export interface Signed {
  eventId: string
  /** Of this attempt, in milliseconds: an old one that somebody sends again is told by it. */
  at: number
  body: string
  /** More than one while a secret is replaced: a receiver needs to know any of them. */
  secrets: readonly string[]
}

export async function signatureHeaders({ eventId, at, body, secrets }: Signed): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000))
  const signatures = await Promise.all(secrets.map((secret) => sign(secret, `${eventId}.${timestamp}.${body}`)))
  return { 'webhook-id': eventId, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
