import { eq } from 'drizzle-orm'
import { libraryStorage } from '#db/schema/library'
import type { Storage } from '#shared/contracts/library'
import type { LibrarySystem } from './context.ts'

export async function readStorage({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: Pick<LibrarySystem, 'db' | 'quotaOf'>
}): Promise<Storage> {
  const [quota, [row]] = await Promise.all([
    ctx.quotaOf(organizationId),
    ctx.db.select().from(libraryStorage).where(eq(libraryStorage.organizationId, organizationId)),
  ])
  return {
    used_bytes: row?.usedBytes ?? 0,
    quota_bytes: quota,
    item_count: row?.itemCount ?? 0,
    deleted_bytes: row?.deletedBytes ?? 0,
  }
}
