import type { Rendition } from '#shared/contracts/library'
import type { LibrarySystem } from './context.ts'

/** An address that opens without a session until it ends. Whether there is such an item is seen when it is opened. */
export async function signedUrl({
  organizationId,
  itemId,
  rendition = 'original',
  expiresInSeconds,
  shareId = null,
  ctx: { signer, siteUrl, now },
}: {
  organizationId: string
  itemId: string
  rendition?: Rendition
  expiresInSeconds: number
  /** It ends with this share as well. */
  shareId?: string | null
  ctx: Pick<LibrarySystem, 'signer' | 'siteUrl' | 'now'>
}): Promise<string> {
  const expiresAt = now() + expiresInSeconds * 1_000
  const token = await signer.sign({ kind: 'item', organizationId, itemId, rendition, shareId, expiresAt })
  return `${siteUrl}/media/${token}`
}
