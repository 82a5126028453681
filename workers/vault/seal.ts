// How a key lies in the database: AES-256-GCM under a key that only this Worker holds, with whose it is and where it
// may be sent as data that the seal vouches for. A row that is copied to another organization, or whose address is
// changed, does not open.
import { fromBase64Url, toBase64Url, toHex } from '#shared/lib/bytes'

/** What a key is sealed for. */
export interface SealedFor {
  organizationId: string
  vendor: string
  keyId: string
  baseURL: string | null
}

export interface Opened {
  text: string
  /** It was sealed under the former key, and should be sealed again. */
  stale: boolean
}

export interface Seal {
  seal(text: string, owner: SealedFor): Promise<string>
  /** Null where it was not sealed by this vault for this owner, or was altered. */
  open(sealed: string, owner: SealedFor): Promise<Opened | null>
}

interface SealKey {
  /** Says which key sealed something, and nothing about the key. */
  id: string
  aes: CryptoKey
}

const MINIMAL_SECRET = 32
const IV_BYTES = 12
const VERSION = 'v1'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

async function derive(secret: string): Promise<SealKey> {
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, [
    'deriveBits',
    'deriveKey',
  ])
  const hkdf = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(info) })
  const [aes, id] = await Promise.all([
    crypto.subtle.deriveKey(hkdf('riwaq vault'), material, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
    crypto.subtle.deriveBits(hkdf('riwaq vault key id'), material, 64),
  ])
  return { id: toHex(id), aes }
}

const vouchedFor = ({ organizationId, vendor, keyId, baseURL }: SealedFor) =>
  encoder.encode(JSON.stringify([VERSION, organizationId, vendor, keyId, baseURL]))

async function openWith(key: SealKey, { iv, text }: { iv: string; text: string }, owner: SealedFor) {
  try {
    const algorithm = { name: 'AES-GCM', iv: fromBase64Url(iv), additionalData: vouchedFor(owner) }
    return decoder.decode(await crypto.subtle.decrypt(algorithm, key.aes, fromBase64Url(text)))
  } catch {
    return null
  }
}

/** `former`: what was sealed under it is still opened, for as long as the setting names it. */
export function createSeal({ secret, former }: { secret: string | undefined; former?: string }): Seal {
  if ((secret ?? '').length < MINIMAL_SECRET)
    throw new Error(`VAULT_KEY must be set: ${MINIMAL_SECRET} characters or more`)
  const current = derive(secret!)
  const keys = Promise.all([current, ...(former ? [derive(former)] : [])])
  return {
    async seal(text, owner) {
      const { id, aes } = await current
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
      const algorithm = { name: 'AES-GCM', iv, additionalData: vouchedFor(owner) }
      const sealed = await crypto.subtle.encrypt(algorithm, aes, encoder.encode(text))
      return [VERSION, id, toBase64Url(iv), toBase64Url(new Uint8Array(sealed))].join('.')
    },
    async open(sealed, owner) {
      const [version, id, iv, text, ...rest] = sealed.split('.')
      if (version !== VERSION || !iv || !text || rest.length > 0) return null
      const key = (await keys).find((each) => each.id === id)
      const opened = key ? await openWith(key, { iv, text }, owner) : null
      return opened === null ? null : { text: opened, stale: key !== (await current) }
    },
  }
}
