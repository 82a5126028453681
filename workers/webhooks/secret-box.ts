// Secrets at rest: AES-256-GCM under a key that only this Worker holds. What is sealed for one webhook cannot be
// opened as another's.

export interface SecretBox {
  seal(text: string, owner: string): Promise<string>
  /** Null where it was sealed with another key, for another owner, or was changed. */
  open(sealed: string, owner: string): Promise<string | null>
}

const MINIMAL_KEY = 32
const NONCE_BYTES = 12
const VERSION = 'v1'

const encoder = new TextEncoder()

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const fromBase64 = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

async function deriveKey(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode('riwaq webhook secrets v1') },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  )
}

export function createSecretBox(secret: string | undefined): SecretBox {
  if ((secret ?? '').length < MINIMAL_KEY)
    throw new Error(`WEBHOOKS_KEY must be set: ${MINIMAL_KEY} characters or more`)
  let derived: Promise<CryptoKey> | undefined
  const key = () => (derived ??= deriveKey(secret!))
  return {
    async seal(text, owner) {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
      const sealed = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv, additionalData: encoder.encode(owner) },
        await key(),
        encoder.encode(text),
      )
      return [VERSION, toBase64(iv), toBase64(new Uint8Array(sealed))].join('.')
    },
    async open(sealed, owner) {
      const [version, iv = '', bytes = ''] = sealed.split('.')
      if (version !== VERSION) return null
      const opening = key()
      try {
        const opened = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv: fromBase64(iv), additionalData: encoder.encode(owner) },
          await opening,
          fromBase64(bytes),
        )
        return new TextDecoder().decode(opened)
      } catch {
        return null
      }
    },
  }
}
