// https://docs.fal.ai/model-endpoints/webhooks: ED25519 over request id, user id, timestamp and the body's SHA-256, each on a line
// of its own, by a key of fal's published set.
import { z } from 'zod'
import { toHex } from '#shared/lib/bytes'
import { createGuardedFetch } from '#shared/lib/guarded-fetch'
import type { WebhookCheck } from '../spec/image-model.ts'

const JWKS_URL = 'https://rest.alpha.fal.ai/.well-known/jwks.json'
const TOLERANCE_MS = 300_000
/** They ask for no more than a day. */
const KEEP_MS = 86_400_000
/** A key that nobody knows may be a new one, or anybody's: asking for it is not free. */
const ASK_AGAIN_MS = 60_000

const KeySet = z.object({ keys: z.array(z.looseObject({ x: z.string() })) })

const encoder = new TextEncoder()

const importKey = (x: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x }, { name: 'Ed25519' }, false, ['verify'])

function createKeys({ url, fetch }: { url: string; fetch: typeof globalThis.fetch }) {
  let known: { keys: CryptoKey[]; readAt: number } | null = null
  return async ({ now, signal, fresh }: { now: number; signal: AbortSignal; fresh: boolean }): Promise<CryptoKey[]> => {
    if (known && now - known.readAt < (fresh ? ASK_AGAIN_MS : KEEP_MS)) return known.keys
    const response = await fetch(url, { headers: { accept: 'application/json' }, signal })
    if (!response.ok) return known?.keys ?? []
    const { keys } = KeySet.parse(await response.json())
    known = { keys: await Promise.all(keys.map(({ x }) => importKey(x))), readAt: now }
    return known.keys
  }
}

function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^(?:[\da-f]{2}){64}$/i.test(text)) return null
  return new Uint8Array((text.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)))
}

interface Signed {
  message: Uint8Array<ArrayBuffer>
  signature: Uint8Array<ArrayBuffer>
}

/** Null where it carries no signature, or an old one. */
async function readSigned(headers: Headers, body: Uint8Array, now: number): Promise<Signed | null> {
  const [requestId, userId, timestamp, signature] = ['request-id', 'user-id', 'timestamp', 'signature'].map((name) =>
    headers.get(`x-fal-webhook-${name}`),
  )
  const bytes = fromHex(signature ?? '')
  if (!requestId || userId === null || userId === undefined || !timestamp || !/^\d{1,12}$/.test(timestamp) || !bytes)
    return null
  if (Math.abs(now - Number(timestamp) * 1_000) > TOLERANCE_MS) return null
  const digest = toHex(await crypto.subtle.digest('SHA-256', new Uint8Array(body)))
  const message = new Uint8Array(encoder.encode(`${requestId}\n${userId}\n${timestamp}\n${digest}`))
  return { message, signature: bytes }
}

const isSignedBy = async (keys: CryptoKey[], { message, signature }: Signed): Promise<boolean> => {
  const verdicts = await Promise.all(
    keys.map((key) => crypto.subtle.verify({ name: 'Ed25519' }, key, signature, message)),
  )
  return verdicts.includes(true)
}

export interface FalWebhookOptions {
  jwksUrl?: string
  fetch?: typeof fetch
  /** The platform runs on somebody's machine: the keys may lie there too. */
  local?: boolean
}

/** Keeps the keys that it has read: one for an isolate. */
export function createFalWebhook({ jwksUrl, fetch: send, local = false }: FalWebhookOptions = {}): WebhookCheck {
  const guarded = createGuardedFetch({ local, fetch: send ?? ((input, init) => fetch(input, init)) })
  const keysOf = createKeys({ url: jwksUrl || JWKS_URL, fetch: guarded })
  return {
    async verify({ headers, body, now, signal }) {
      const signed = await readSigned(headers, body, now)
      if (!signed) return false
      try {
        if (await isSignedBy(await keysOf({ now, signal, fresh: false }), signed)) return true
        return await isSignedBy(await keysOf({ now, signal, fresh: true }), signed)
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof Error) return false
        throw error
      }
    },
  }
}
