// What this service asks of its rows beside what every kind of job needs.
import { and, eq, inArray, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { imageJobs } from '#db/schema/images'
import type { ImageJob, ImageJobWays } from './image-job.ts'

export type FoundWays = { translated: string } | Pick<ImageJobWays, 'warnings'>

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

    /** What was found out on the way is there for whoever goes on: a prompt is translated, and that paid for, once. */
    async saveWays({ organizationId, id }: Pick<ImageJob, 'organizationId' | 'id'>, ways: FoundWays) {
      await db
        .update(imageJobs)
        .set({ input: sql`json_patch(${imageJobs.input}, ${JSON.stringify({ ways })})` })
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
