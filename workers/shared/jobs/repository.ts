// The rows of jobs. A move names the state, the phase and the lease that it leaves, so whoever comes too late changes
// nothing. The queue's and the sweep's queries alone go across organizations.
import { and, desc, eq, inArray, isNull, lt, lte, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { JobTable } from '#db/job-table'
import { notFound } from '../http/problems.ts'
import { jobPages } from './job-pages.ts'
import type { JobPhase } from './handler.ts'
import type { One, StoredJob } from './types.ts'

export type JobChange = Partial<
  Omit<
    StoredJob,
    'id' | 'organizationId' | 'userId' | 'keyId' | 'service' | 'kind' | 'requestId' | 'input' | 'createdAt'
  >
>

/** What a move leaves. Without a lease: whoever has it loses it. */
export interface Leaving {
  job: Pick<StoredJob, 'id' | 'organizationId'>
  phases: readonly JobPhase[]
  lease?: string | null
}

const unended = ['queued', 'running'] as const

export type JobRepository<Input = unknown> = ReturnType<typeof createJobRepository<Input>>

export function createJobRepository<Input>({ database, table }: { database: D1Database; table: JobTable }) {
  const db = drizzle(database)
  const row = (found: unknown) => found as StoredJob<Input>
  const one = ({ organizationId, id }: Leaving['job']): SQL =>
    and(eq(table.organizationId, organizationId), eq(table.id, id))!

  async function insert(job: StoredJob<Input>): Promise<void> {
    await db.insert(table).values(job)
  }

  async function find({ organizationId, jobId, userId }: One): Promise<StoredJob<Input> | null> {
    const owned = userId === undefined ? undefined : eq(table.userId, userId)
    const [found] = await db
      .select()
      .from(table)
      .where(and(one({ organizationId, id: jobId }), owned))
      .limit(1)
    return found ? row(found) : null
  }

  async function get(which: One): Promise<StoredJob<Input>> {
    const found = await find(which)
    if (!found) throw notFound('job')
    return found
  }

  async function findByRequest({ organizationId, requestId }: { organizationId: string; requestId: string }) {
    const [found] = await db
      .select()
      .from(table)
      .where(and(eq(table.organizationId, organizationId), eq(table.requestId, requestId)))
      .limit(1)
    return found ? row(found) : null
  }

  /** The job as it is then; null where it was not as it was thought to be. */
  async function move({ job, phases, lease }: Leaving, change: JobChange): Promise<StoredJob<Input> | null> {
    const [moved] = await db
      .update(table)
      .set(change)
      .where(
        and(
          one(job),
          inArray(table.state, unended),
          inArray(table.phase, phases),
          lease === undefined ? undefined : lease === null ? isNull(table.lease) : eq(table.lease, lease),
        ),
      )
      .returning()
    return moved ? row(moved) : null
  }

  /** Takes the job for one Worker. Null where another has it, or nothing is due. */
  async function claim(
    job: Leaving['job'],
    { lease, now, until }: { lease: string; now: number; until: number },
  ): Promise<StoredJob<Input> | null> {
    const [claimed] = await db
      .update(table)
      .set({ lease, leaseUntil: until })
      .where(and(one(job), inArray(table.state, unended), lte(table.leaseUntil, now), lte(table.nextLookAt, now)))
      .returning()
    return claimed ? row(claimed) : null
  }

  /** What should have been looked at by then, and nobody is at it. */
  const listOverdue = ({
    since,
    now,
    limit,
  }: {
    since: number
    now: number
    limit: number
  }): Promise<StoredJob<Input>[]> =>
    db
      .select()
      .from(table)
      .where(and(inArray(table.state, unended), lte(table.nextLookAt, since), lte(table.leaseUntil, now)))
      .orderBy(table.nextLookAt)
      .limit(limit) as Promise<unknown> as Promise<StoredJob<Input>[]>

  async function getDead({ jobId }: { jobId: string }): Promise<StoredJob<Input>> {
    const [found] = await db
      .select()
      .from(table)
      .where(and(eq(table.id, jobId), eq(table.dead, true)))
      .limit(1)
    if (!found) throw notFound('job')
    return row(found)
  }

  async function bury(job: Leaving['job']): Promise<void> {
    await db.update(table).set({ dead: false }).where(one(job))
  }

  /** Some of what belongs to an organization, or to a member wherever they are. */
  const listForErasure = ({
    organizationId,
    userId,
    limit,
  }: {
    organizationId?: string
    userId?: string
    limit: number
  }): Promise<StoredJob<Input>[]> =>
    organizationId === undefined && userId === undefined
      ? Promise.resolve([])
      : (db
          .select()
          .from(table)
          .where(
            and(
              organizationId === undefined ? undefined : eq(table.organizationId, organizationId),
              userId === undefined ? undefined : eq(table.userId, userId),
            ),
          )
          .limit(limit) as Promise<unknown> as Promise<StoredJob<Input>[]>)

  async function remove(job: Leaving['job']): Promise<void> {
    await db.delete(table).where(one(job))
  }

  const pages = jobPages<Input>({
    select: ({ where, before, limit }) =>
      db
        .select()
        .from(table)
        .where(and(where, before === null ? undefined : lt(table.id, before)))
        .orderBy(desc(table.id))
        .limit(limit) as Promise<unknown> as Promise<StoredJob<Input>[]>,
    table,
  })

  return { insert, find, get, findByRequest, move, claim, listOverdue, getDead, bury, listForErasure, remove, ...pages }
}
