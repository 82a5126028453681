// How much an organization may store: what its plan says, else what the operator says. Billing is asked at most once a
// minute, and where it cannot be asked the last answer holds: a plan is not lost with a service.
import { eq, sql } from 'drizzle-orm'
import { libraryQuotas } from '#db/schema/library'
import type { BillingQuestions } from '#shared/contracts/billing'
import type { Logger } from '#shared/http/log'
import { wordsOfError } from '#shared/http/words-of-error'
import { createSmallCache } from '#shared/lib/small-cache'
import type { Database } from './item-rows.ts'

const FRESH_MS = 60_000

/** Null where nothing is set: no limit. */
export function quotaSetting(setting: string | undefined): number | null {
  const text = setting?.trim()
  if (!text) return null
  const bytes = Number(text)
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw new Error('STORAGE_QUOTA_BYTES is not a number of bytes')
  return bytes
}

interface Sources {
  db: Database
  billing: Pick<BillingQuestions, 'storageQuotaOf'>
  fallback: number | null
  now(): number
  logger: Logger
}

async function remember(db: Database, row: typeof libraryQuotas.$inferInsert): Promise<void> {
  await db
    .insert(libraryQuotas)
    .values(row)
    .onConflictDoUpdate({
      target: libraryQuotas.organizationId,
      set: { quotaBytes: row.quotaBytes, readAt: row.readAt },
      setWhere: sql`${libraryQuotas.quotaBytes} IS NOT ${row.quotaBytes}`,
    })
}

export function createQuotas({ db, billing, fallback, now, logger }: Sources) {
  const known = createSmallCache<{ quotaBytes: number | null; at: number }>(1_000)

  async function ofPlan(organizationId: string): Promise<number | null> {
    try {
      const { quotaBytes } = await billing.storageQuotaOf({ organizationId })
      await remember(db, { organizationId, quotaBytes, readAt: now() })
      return quotaBytes
    } catch (error) {
      logger.warn('quota-not-read', { organization_id: organizationId, error: wordsOfError(error) })
      const [last] = await db.select().from(libraryQuotas).where(eq(libraryQuotas.organizationId, organizationId))
      return last?.quotaBytes ?? null
    }
  }

  return async (organizationId: string): Promise<number | null> => {
    const cached = known.get(organizationId)
    if (cached && now() - cached.at < FRESH_MS) return cached.quotaBytes
    const quotaBytes = (await ofPlan(organizationId)) ?? fallback
    known.set(organizationId, { quotaBytes, at: now() })
    return quotaBytes
  }
}
