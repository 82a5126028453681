import type { Rendition } from '#shared/contracts/library'
import type { LibrarySystem } from './context.ts'

/** The path of it: for pages of the site, under whatever name they were opened. */
export async function signedPath({
  organizationId,
  itemId,
  rendition = 'original',
  expiresInSeconds,
  shareId = null,
  ctx: { signer, now },
}: {
  organizationId: string
  itemId: string
  rendition?: Rendition
  expiresInSeconds: number
  /** It ends with this share as well. */
  shareId?: string | null
  ctx: Pick<LibrarySystem, 'signer' | 'now'>
}): Promise<string> {
  const expiresAt = now() + expiresInSeconds * 1_000
  const token = await signer.sign({ kind: 'item', organizationId, itemId, rendition, shareId, expiresAt })
  return `/media/${token}`
}

/** An address that opens without a session until it ends. Whether there is such an item is seen when it is opened. */
export async function signedUrl(
  asked: Parameters<typeof signedPath>[0] & { ctx: Pick<LibrarySystem, 'siteUrl'> },
): Promise<string> {
  return `${asked.ctx.siteUrl}${await signedPath(asked)}`
}
