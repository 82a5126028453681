// What has expired and nobody looks at any more. Done with every sign-in, a bounded batch at a time: each adds one
// session and takes away up to a hundred, so that the tables cannot grow without end, and no timer is needed.
import { inArray, lt } from 'drizzle-orm'
import { mailedNotices, sessions, verifications } from '#db/schema/auth'
import type { SystemContext } from './context.ts'

const BATCH = 100
/** The queue gives a notice up long before. */
const NOTICE_LIFETIME_MS = 30 * 86_400_000

export async function sweep(ctx: SystemContext): Promise<void> {
  const { db } = ctx
  const now = new Date(ctx.now())
  const old = ctx.now() - NOTICE_LIFETIME_MS
  try {
    await db.batch([
      db
        .delete(sessions)
        .where(
          inArray(
            sessions.id,
            db.select({ id: sessions.id }).from(sessions).where(lt(sessions.expiresAt, now)).limit(BATCH),
          ),
        ),
      db
        .delete(verifications)
        .where(
          inArray(
            verifications.id,
            db
              .select({ id: verifications.id })
              .from(verifications)
              .where(lt(verifications.expiresAt, now))
              .limit(BATCH),
          ),
        ),
      db
        .delete(mailedNotices)
        .where(
          inArray(
            mailedNotices.noticeId,
            db
              .select({ noticeId: mailedNotices.noticeId })
              .from(mailedNotices)
              .where(lt(mailedNotices.startedAt, old))
              .limit(BATCH),
          ),
        ),
    ])
  } catch (error) {
    ctx.logger.warn('sweep-failed', { internal: error instanceof Error ? error.message : String(error) })
  }
}
