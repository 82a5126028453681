// Standard Webhooks (https://www.standardwebhooks.com), from the receiver's side.
import { toBase64 } from '#shared/lib/bytes'
import { equalInConstantTime } from '#shared/lib/constant-time'

const PREFIX = 'whsec_'
const TOLERANCE_MS = 300_000

const encoder = new TextEncoder()

function keyBytes(secret: string): Uint8Array<ArrayBuffer> {
  const text = atob(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret)
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

export interface StandardWebhookInput {
  secret: string
  headers: Headers
  body: Uint8Array
  now: number
}

/** True where one of its signatures is of this secret, and it is no older (or newer) than five minutes. */
export async function isStandardWebhook({ secret, headers, body, now }: StandardWebhookInput): Promise<boolean> {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) => headers.get(`webhook-${name}`))
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now - Number(timestamp) * 1_000) > TOLERANCE_MS) return false
  const key = await crypto.subtle.importKey('raw', keyBytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const head = encoder.encode(`${id}.${timestamp}.`)
  const content = new Uint8Array(head.length + body.length)
  content.set(head)
  content.set(body, head.length)
  const expected = `v1,${toBase64(new Uint8Array(await crypto.subtle.sign('HMAC', key, content)))}`
  return signatures.split(' ').some((signature) => equalInConstantTime(signature, expected))
}
