// The rows of webhooks. An organization's id is part of every question that a caller's words lead to.
import { and, asc, eq, sql } from 'drizzle-orm'
import type { drizzle } from 'drizzle-orm/d1'
import { webhookEndpoints } from '#db/schema/webhooks'
import { notFound } from '#shared/http/problems'

export type Database = ReturnType<typeof drizzle>
export type EndpointRow = typeof webhookEndpoints.$inferSelect

interface One {
  organizationId: string
  id: string
}

export type EndpointRows = ReturnType<typeof createEndpointRows>

export function createEndpointRows(db: Database) {
  const one = ({ organizationId, id }: One) =>
    and(eq(webhookEndpoints.organizationId, organizationId), eq(webhookEndpoints.id, id))

  const list = ({ organizationId }: { organizationId: string }): Promise<EndpointRow[]> =>
    db
      .select()
      .from(webhookEndpoints)
      .where(eq(webhookEndpoints.organizationId, organizationId))
      .orderBy(asc(webhookEndpoints.id))

  async function getEndpointOf(which: One): Promise<EndpointRow> {
    const [row] = await db.select().from(webhookEndpoints).where(one(which)).limit(1)
    if (!row) throw notFound('webhook')
    return row
  }

  /** False where there are `limit` already: however many are added at once, no more than that stay. */
  async function add(row: EndpointRow, { limit }: { limit: number }): Promise<boolean> {
    const { organizationId, id } = row
    const [, surplus] = await db.batch([
      db.insert(webhookEndpoints).values(row),
      db
        .delete(webhookEndpoints)
        .where(
          and(
            one({ organizationId, id }),
            sql`(select count(*) from ${webhookEndpoints} where ${webhookEndpoints.organizationId} = ${organizationId}) > ${limit}`,
          ),
        )
        .returning({ id: webhookEndpoints.id }),
    ])
    return surplus.length === 0
  }

  async function change(which: One, values: Partial<Omit<EndpointRow, 'id' | 'organizationId'>>): Promise<EndpointRow> {
    const [row] = await db.update(webhookEndpoints).set(values).where(one(which)).returning()
    if (!row) throw notFound('webhook')
    return row
  }

  /** Its deliveries go with it. */
  async function remove(which: One): Promise<void> {
    await db.delete(webhookEndpoints).where(one(which))
  }

  return { list, getEndpointOf, add, change, remove }
}
