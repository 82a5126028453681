// The index of logged requests in D1. The organization is part of every query.
import { and, desc, eq, gte, lt, or, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { requestLogs } from '#db/schema/chat'
import { notFound } from '#shared/http/problems'

export type RequestLogRow = typeof requestLogs.$inferSelect

export interface ListRequests {
  organizationId: string
  limit: number
  model?: string
  keyId?: string
  userId?: string
  status?: 'ok' | 'error' | number
  from?: number
  /** The moment after the last. */
  to?: number
  /** The last row of the page before. */
  after?: { at: number; id: string }
}

function statusIs(status: NonNullable<ListRequests['status']>): SQL {
  if (status === 'ok') return lt(requestLogs.status, 400)
  return status === 'error' ? gte(requestLogs.status, 400) : eq(requestLogs.status, status)
}

const filtersOf = ({ model, keyId, userId, status, from, to, after }: ListRequests): (SQL | undefined)[] => [
  model === undefined ? undefined : or(eq(requestLogs.model, model), eq(requestLogs.asked, model)),
  keyId === undefined ? undefined : eq(requestLogs.keyId, keyId),
  userId === undefined ? undefined : eq(requestLogs.userId, userId),
  status === undefined ? undefined : statusIs(status),
  from === undefined ? undefined : gte(requestLogs.at, from),
  to === undefined ? undefined : lt(requestLogs.at, to),
  after && or(lt(requestLogs.at, after.at), and(eq(requestLogs.at, after.at), lt(requestLogs.id, after.id))),
]

export type RequestLogIndex = ReturnType<typeof createRequestLogIndex>

export function createRequestLogIndex(database: D1Database) {
  const db = drizzle(database)
  const one = (organizationId: string, id: string): SQL =>
    and(eq(requestLogs.organizationId, organizationId), eq(requestLogs.id, id))!

  return {
    /** Told twice, written once. */
    async add(row: RequestLogRow): Promise<void> {
      await db.insert(requestLogs).values(row).onConflictDoNothing()
    },
    /** Newest first. */
    list: (input: ListRequests): Promise<RequestLogRow[]> =>
      db
        .select()
        .from(requestLogs)
        .where(and(eq(requestLogs.organizationId, input.organizationId), ...filtersOf(input)))
        .orderBy(desc(requestLogs.at), desc(requestLogs.id))
        .limit(input.limit),
    async getRequestOf({ organizationId, id }: { organizationId: string; id: string }): Promise<RequestLogRow> {
      const [row] = await db.select().from(requestLogs).where(one(organizationId, id)).limit(1)
      if (!row) throw notFound('request')
      return row
    },
    async remove({ organizationId, id }: { organizationId: string; id: string }): Promise<void> {
      await db.delete(requestLogs).where(one(organizationId, id))
    },
  }
}
