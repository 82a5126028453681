// The inbox: every event that Stripe has sent, what became of it, and how often it came.
import { and, asc, desc, eq, getTableColumns, inArray, lt, or, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { stripeEvents } from '#db/schema/billing'

export type EventRow = typeof stripeEvents.$inferSelect
export type EventState = EventRow['state']
type NewEvent = Pick<EventRow, 'id' | 'type' | 'createdAt' | 'receivedAt' | 'objectId' | 'livemode' | 'body'>

export function createEventRows(db: DrizzleD1Database) {
  /** A repetition is counted, and changes nothing else. */
  async function store(event: NewEvent): Promise<{ repeated: boolean; state: EventState }> {
    const [row] = await db
      .insert(stripeEvents)
      .values({ ...event, state: 'received' })
      .onConflictDoUpdate({ target: stripeEvents.id, set: { deliveries: sql`${stripeEvents.deliveries} + 1` } })
      .returning({ deliveries: stripeEvents.deliveries, state: stripeEvents.state })
    return { repeated: row!.deliveries > 1, state: row!.state }
  }

  const findMany = ({ ids }: { ids: string[] }): Promise<EventRow[]> =>
    ids.length === 0 ? Promise.resolve([]) : db.select().from(stripeEvents).where(inArray(stripeEvents.id, ids))

  async function end({
    ids,
    state,
    now,
    organizationId,
  }: {
    ids: string[]
    state: 'processed' | 'ignored'
    now: number
    organizationId: string | null
  }): Promise<void> {
    await db
      .update(stripeEvents)
      .set({ state, processedAt: now, error: null, ...(organizationId !== null && { organizationId }) })
      .where(inArray(stripeEvents.id, ids))
  }

  /** It stays where it is, to be tried again, unless it is given up. */
  async function fail({ ids, error, final }: { ids: string[]; error: string; final: boolean }): Promise<void> {
    await db
      .update(stripeEvents)
      .set({ error, attempts: sql`${stripeEvents.attempts} + 1`, ...(final && { state: 'failed' as const }) })
      .where(and(inArray(stripeEvents.id, ids), inArray(stripeEvents.state, ['received', 'failed'])))
  }

  async function giveUp({ ids }: { ids: string[] }): Promise<void> {
    await db
      .update(stripeEvents)
      .set({ state: 'failed' })
      .where(and(inArray(stripeEvents.id, ids), eq(stripeEvents.state, 'received')))
  }

  /** Received before then and still not looked at: the queue has lost it, or never got it. */
  const forgotten = ({ before, limit }: { before: number; limit: number }): Promise<{ id: string }[]> =>
    db
      .select({ id: stripeEvents.id })
      .from(stripeEvents)
      .where(and(eq(stripeEvents.state, 'received'), lt(stripeEvents.receivedAt, before)))
      .orderBy(asc(stripeEvents.receivedAt))
      .limit(limit)

  /** True where there is such an event: it is looked at as if it had just come. */
  async function replay({ ids }: { ids: string[] }): Promise<string[]> {
    const rows = await db
      .update(stripeEvents)
      .set({ state: 'received', attempts: 0, error: null, processedAt: null })
      .where(inArray(stripeEvents.id, ids))
      .returning({ id: stripeEvents.id })
    return rows.map(({ id }) => id)
  }

  const failed = ({ limit }: { limit: number }): Promise<{ id: string }[]> =>
    db
      .select({ id: stripeEvents.id })
      .from(stripeEvents)
      .where(eq(stripeEvents.state, 'failed'))
      .orderBy(asc(stripeEvents.receivedAt))
      .limit(limit)

  const list = ({
    state,
    type,
    before,
    limit,
  }: {
    state?: EventState
    type?: string
    before?: { at: number; id: string }
    limit: number
  }): Promise<Omit<EventRow, 'body'>[]> => {
    const { body: _, ...columns } = getTableColumns(stripeEvents)
    return db
      .select(columns)
      .from(stripeEvents)
      .where(
        and(
          state && eq(stripeEvents.state, state),
          type !== undefined ? eq(stripeEvents.type, type) : undefined,
          before &&
            or(
              lt(stripeEvents.receivedAt, before.at),
              and(eq(stripeEvents.receivedAt, before.at), lt(stripeEvents.id, before.id)),
            ),
        ),
      )
      .orderBy(desc(stripeEvents.receivedAt), desc(stripeEvents.id))
      .limit(limit)
  }

  /** What was done with long ago goes, with what was in it. True where there is more. */
  async function removeOlderThan({ receivedAt, limit }: { receivedAt: number; limit: number }): Promise<boolean> {
    const old = db
      .select({ id: stripeEvents.id })
      .from(stripeEvents)
      .where(and(inArray(stripeEvents.state, ['processed', 'ignored']), lt(stripeEvents.receivedAt, receivedAt)))
      .limit(limit)
    const gone = await db.delete(stripeEvents).where(inArray(stripeEvents.id, old)).returning({ id: stripeEvents.id })
    return gone.length === limit
  }

  return { store, findMany, end, fail, giveUp, forgotten, replay, failed, list, removeOlderThan }
}
