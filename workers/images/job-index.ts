// What this service asks of its rows beside what every kind of job needs.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { imageJobs } from '#db/schema/images'
import type { ImageJob } from './image-job.ts'

export type JobIndex = ReturnType<typeof createJobIndex>

export function createJobIndex(database: D1Database) {
  const db = drizzle(database)
  return {
    /** Whose a job is: a vendor's webhook knows its id alone. Null where there is none. */
    async organizationOf(jobId: string): Promise<string | null> {
      const [found] = await db
        .select({ organizationId: imageJobs.organizationId })
        .from(imageJobs)
        .where(eq(imageJobs.id, jobId))
        .limit(1)
      return found?.organizationId ?? null
    },

    /** A prompt is translated, and that paid for, once. */
    async saveTranslated({ organizationId, id }: Pick<ImageJob, 'organizationId' | 'id'>, translated: string) {
      await db
        .update(imageJobs)
        .set({ input: sql`json_set(${imageJobs.input}, '$.ways.translated', ${translated})` })
        .where(
          and(
            eq(imageJobs.organizationId, organizationId),
            eq(imageJobs.id, id),
            inArray(imageJobs.state, ['queued', 'running']),
          ),
        )
    },
  }
}
