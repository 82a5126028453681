// Everything of a member in all of their organizations, or everything of an organization. Idempotent.
import { eq, sql, type SQL } from 'drizzle-orm'
import {
  libraryCollections,
  libraryFacets,
  libraryFavourites,
  libraryItems,
  libraryQuotas,
  libraryStorage,
} from '#db/schema/library'
import type { Erasure } from '#shared/contracts/account'
import type { LibrarySystem } from './context.ts'
import { eraseItems } from './erase-items.ts'
import { deleteAllMedia } from './media-store.ts'

type Ctx = Pick<LibrarySystem, 'db' | 'media' | 'now'>

const AT_ONCE = 300

async function eraseAll(which: SQL, ctx: Ctx): Promise<number> {
  const some = sql`${libraryItems.position} IN (SELECT position FROM library_items WHERE ${which} LIMIT ${AT_ONCE})`
  for (let gone = 0; ;) {
    const erased = await eraseItems({ where: some, ctx })
    gone += erased.length
    if (erased.length === 0) return gone
  }
}

async function eraseMember(userId: string, ctx: Ctx): Promise<number> {
  const gone = await eraseAll(sql`owner_id = ${userId}`, ctx)
  await ctx.db.batch([
    ctx.db.delete(libraryFavourites).where(eq(libraryFavourites.userId, userId)),
    ctx.db.delete(libraryCollections).where(eq(libraryCollections.ownerId, userId)),
  ])
  return gone
}

/** Where an organization is named it is gone as a whole; `userId` is only who ended it. */
async function eraseOrganization(organizationId: string, ctx: Ctx): Promise<number> {
  const gone = await eraseAll(sql`organization_id = ${organizationId}`, ctx)
  await deleteAllMedia(ctx.media, organizationId)
  const { db } = ctx
  await db.batch([
    db.delete(libraryFavourites).where(eq(libraryFavourites.organizationId, organizationId)),
    db.delete(libraryCollections).where(eq(libraryCollections.organizationId, organizationId)),
    db.delete(libraryStorage).where(eq(libraryStorage.organizationId, organizationId)),
    db.delete(libraryFacets).where(eq(libraryFacets.organizationId, organizationId)),
    db.delete(libraryQuotas).where(eq(libraryQuotas.organizationId, organizationId)),
  ])
  return gone
}

export const eraseFor = ({ erasure, ctx }: { erasure: Erasure; ctx: Ctx }): Promise<number> =>
  erasure.organizationId === undefined
    ? eraseMember(erasure.userId, ctx)
    : eraseOrganization(erasure.organizationId, ctx)
