// Addresses that are their own proof, and the tokens of shares: both made of one key that only this Worker holds.
import { fromBase64Url, sha256Hex, toBase64Url } from '#shared/lib/bytes'
import { equalInConstantTime } from '#shared/lib/constant-time'
import { renditions, type Rendition } from '#shared/contracts/library'
import { z } from 'zod'

/** What an address opens, until `expiresAt` (milliseconds). */
export type Grant =
  | {
      kind: 'item'
      organizationId: string
      itemId: string
      rendition: Rendition
      /** Opens only as long as this share does. */
      shareId: string | null
      expiresAt: number
    }
  | { kind: 'archive'; organizationId: string; userId: string; itemIds: string[]; expiresAt: number }
  | { kind: 'collection'; organizationId: string; userId: string; collectionId: string; expiresAt: number }

const Id = z.string().min(1).max(64)

const Packed = z.union([
  z.tuple([z.literal('i'), Id, Id, z.enum(renditions), Id.nullable(), z.number().int()]),
  z.tuple([z.literal('a'), Id, Id, z.array(Id).max(100), z.number().int()]),
  z.tuple([z.literal('c'), Id, Id, Id, z.number().int()]),
])

function pack(grant: Grant): z.infer<typeof Packed> {
  const { organizationId, expiresAt } = grant
  if (grant.kind === 'item') return ['i', organizationId, grant.itemId, grant.rendition, grant.shareId, expiresAt]
  if (grant.kind === 'archive') return ['a', organizationId, grant.userId, grant.itemIds, expiresAt]
  return ['c', organizationId, grant.userId, grant.collectionId, expiresAt]
}

function unpack(packed: z.infer<typeof Packed>): Grant {
  if (packed[0] === 'i') {
    const [, organizationId, itemId, rendition, shareId, expiresAt] = packed
    return { kind: 'item', organizationId, itemId, rendition, shareId, expiresAt }
  }
  if (packed[0] === 'a') {
    const [, organizationId, userId, itemIds, expiresAt] = packed
    return { kind: 'archive', organizationId, userId, itemIds, expiresAt }
  }
  const [, organizationId, userId, collectionId, expiresAt] = packed
  return { kind: 'collection', organizationId, userId, collectionId, expiresAt }
}

/** Of a share's token: 192 bits. */
const TOKEN_BYTES = 24
const LONGEST = 8_000

const encoder = new TextEncoder()

export interface Signer {
  /** What stands behind `/media/`. */
  sign(grant: Grant): Promise<string>
  /** Null where it is not one of ours, or over. */
  open(token: string, now: number): Promise<Grant | null>
  /** Always the same for a share, so that its owner can be shown it again while only its hash is kept. */
  shareToken(shareId: string): Promise<string>
}

export const hashOfToken = (token: string): Promise<string> => sha256Hex(token)

export function createSigner(secret: string): Signer {
  if (!secret || secret.length < 32) throw new Error('LIBRARY_KEY must have 32 characters or more')
  let imported: Promise<CryptoKey> | undefined
  const key = () =>
    (imported ??= crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
      'sign',
    ]))
  const macOf = async (purpose: string, text: string): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign('HMAC', await key(), encoder.encode(`${purpose}:${text}`)))

  return {
    async sign(grant) {
      const payload = toBase64Url(encoder.encode(JSON.stringify(pack(grant))))
      return `${payload}.${toBase64Url(await macOf('media', payload))}`
    },
    async open(token, now) {
      const [payload, signature, ...more] = token.split('.')
      if (!payload || !signature || more.length > 0 || token.length > LONGEST) return null
      if (!equalInConstantTime(signature, toBase64Url(await macOf('media', payload)))) return null
      // Signed by this Worker, so it can be read; its form may still be that of another version.
      const packed = Packed.safeParse(JSON.parse(new TextDecoder().decode(fromBase64Url(payload))))
      if (!packed.success) return null
      const grant = unpack(packed.data)
      return grant.expiresAt > now ? grant : null
    },
    async shareToken(shareId) {
      return toBase64Url((await macOf('share', shareId)).subarray(0, TOKEN_BYTES))
    },
  }
}
