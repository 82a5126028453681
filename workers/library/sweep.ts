// By the clock: what was deleted thirty days ago, what was staged and never published, what was kept for a day, and
// shares that have ended.
import { and, isNotNull, lte, sql } from 'drizzle-orm'
import { libraryItems, libraryShares } from '#db/schema/library'
import { wordsOfError } from '#shared/http/words-of-error'
import type { LibrarySystem } from './context.ts'
import { eraseItems, type Erased } from './erase-items.ts'
import { tellOfItems } from './tell.ts'

type Ctx = Pick<LibrarySystem, 'db' | 'media' | 'now' | 'feedOf' | 'quotaOf' | 'logger' | 'signer' | 'siteUrl'>

/** Three objects each, and R2 takes a thousand names at once. */
const AT_ONCE = 300
/** What one run may do; the next one goes on. */
const MOST_ROUNDS = 50

async function tellOwners(erased: readonly Erased[], ctx: Ctx): Promise<void> {
  const byOwner = Map.groupBy(
    erased.filter(({ listed }) => listed),
    ({ organizationId, ownerId }) => `${organizationId}/${ownerId}`,
  )
  for (const items of byOwner.values()) {
    const { organizationId, ownerId: userId } = items[0]!
    await tellOfItems({ viewer: { organizationId, userId }, gone: items.map(({ id }) => id), ctx })
  }
}

async function sweepItems(ctx: Ctx): Promise<number> {
  const due = sql`${libraryItems.position} IN (SELECT position FROM library_items INDEXED BY library_items_due
    WHERE erase_at <= ${ctx.now()} ORDER BY erase_at LIMIT ${AT_ONCE})`
  const erased = await eraseItems({ where: and(due, lte(libraryItems.eraseAt, ctx.now()))!, ctx })
  await tellOwners(erased, ctx)
  return erased.length
}

async function sweepShares({ db, now }: Ctx): Promise<void> {
  await db.delete(libraryShares).where(and(isNotNull(libraryShares.expiresAt), lte(libraryShares.expiresAt, now())))
}

const HOUR_MS = 3_600_000

/** Whenever somebody comes by anyway: locally nothing else does, because there is no cron. */
export async function sweepSometimes({ ctx }: { ctx: Ctx & Pick<LibrarySystem, 'swept'> }): Promise<void> {
  const now = ctx.now()
  if (now - ctx.swept.at < HOUR_MS) return
  ctx.swept.at = now
  try {
    await sweep({ ctx })
  } catch (error) {
    // Whoever came by came for something else.
    ctx.logger.error('sweep-failed', { error: wordsOfError(error) })
  }
}

/** Answers with how many items are gone. */
export async function sweep({ ctx }: { ctx: Ctx }): Promise<number> {
  await sweepShares(ctx)
  let gone = 0
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const count = await sweepItems(ctx)
    gone += count
    if (count < AT_ONCE) break
  }
  if (gone > 0) ctx.logger.info('library-swept', { items: gone })
  return gone
}
