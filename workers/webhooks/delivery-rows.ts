// The rows of deliveries. A row is the truth of its delivery; messages only say that it is worth a look.
import { and, desc, eq, gt, lt, lte, sql } from 'drizzle-orm'
import { webhookAttempts, webhookDeliveries, webhookEndpoints } from '#db/schema/webhooks'
import type { DeliveryStatus } from '#shared/contracts/webhooks'
import { notFound } from '#shared/http/problems'
import type { Database, EndpointRow } from './endpoint-rows.ts'
import type { Verdict } from './judge-attempt.ts'

export type DeliveryRow = typeof webhookDeliveries.$inferSelect
export type AttemptRow = typeof webhookAttempts.$inferSelect

interface One {
  organizationId: string
  id: string
}

interface Recorded {
  delivery: DeliveryRow
  attempt: Omit<AttemptRow, 'deliveryId' | 'organizationId' | 'number'>
  verdict: Verdict
}

export type DeliveryRows = ReturnType<typeof createDeliveryRows>

const one = ({ organizationId, id }: One) =>
  and(eq(webhookDeliveries.organizationId, organizationId), eq(webhookDeliveries.id, id))

export function createDeliveryRows(db: Database) {
  async function findWithEndpoint({ organizationId, id }: One) {
    const [row] = await db
      .select({ delivery: webhookDeliveries, endpoint: webhookEndpoints })
      .from(webhookDeliveries)
      .innerJoin(webhookEndpoints, eq(webhookEndpoints.id, webhookDeliveries.endpointId))
      .where(one({ organizationId, id }))
      .limit(1)
    return row as { delivery: DeliveryRow; endpoint: EndpointRow } | undefined
  }

  async function getDeliveryOf(which: One): Promise<DeliveryRow> {
    const [row] = await db.select().from(webhookDeliveries).where(one(which)).limit(1)
    if (!row) throw notFound('delivery')
    return row
  }

  const listAttempts = ({ organizationId, id }: One): Promise<AttemptRow[]> =>
    db
      .select()
      .from(webhookAttempts)
      .where(and(eq(webhookAttempts.organizationId, organizationId), eq(webhookAttempts.deliveryId, id)))
      .orderBy(webhookAttempts.number)

  /** Newest first. */
  const list = ({
    organizationId,
    endpointId,
    status,
    before,
    limit,
  }: {
    organizationId: string
    endpointId: string
    status: DeliveryStatus | undefined
    before: string | null
    limit: number
  }): Promise<DeliveryRow[]> =>
    db
      .select()
      .from(webhookDeliveries)
      .where(
        and(
          eq(webhookDeliveries.organizationId, organizationId),
          eq(webhookDeliveries.endpointId, endpointId),
          status && eq(webhookDeliveries.status, status),
          before === null ? undefined : lt(webhookDeliveries.id, before),
        ),
      )
      .orderBy(desc(webhookDeliveries.id))
      .limit(limit)

  /**
   * Takes the delivery for one attempt, which counts from now on, even where its Worker dies in it. Undefined where
   * somebody else has it or nothing is due.
   */
  async function claim(which: One, { now, until }: { now: number; until: number }): Promise<DeliveryRow | undefined> {
    const [row] = await db
      .update(webhookDeliveries)
      .set({
        claimedUntil: until,
        attempts: sql`${webhookDeliveries.attempts} + 1`,
        attemptsInRound: sql`${webhookDeliveries.attemptsInRound} + 1`,
        updatedAt: now,
      })
      .where(
        and(
          one(which),
          eq(webhookDeliveries.status, 'pending'),
          lte(webhookDeliveries.nextAttemptAt, now),
          lte(webhookDeliveries.claimedUntil, now),
        ),
      )
      .returning()
    return row
  }

  /** Who was too slow, and whose delivery another has taken meanwhile, decides nothing any more. */
  async function record({ delivery, attempt, verdict }: Recorded): Promise<void> {
    const { organizationId, id: deliveryId, attempts: number } = delivery
    const { status, nextAttemptAt, failingSince, disable } = verdict
    const endedAt = attempt.at + attempt.durationMs
    await db.batch([
      db
        .insert(webhookAttempts)
        .select(
          // Only while its delivery is there: the webhook may have been deleted in the meantime.
          sql`select ${deliveryId}, ${number}, ${organizationId}, ${attempt.at}, ${attempt.durationMs}, ${attempt.responseStatus}, ${attempt.responseBody}, ${attempt.error} from ${webhookDeliveries} where ${webhookDeliveries.id} = ${deliveryId}`,
        )
        .onConflictDoNothing(),
      db
        .update(webhookDeliveries)
        .set({
          status,
          nextAttemptAt,
          claimedUntil: 0,
          responseStatus: attempt.responseStatus,
          durationMs: attempt.durationMs,
          updatedAt: endedAt,
        })
        .where(and(one(delivery), eq(webhookDeliveries.attempts, number), eq(webhookDeliveries.status, 'pending'))),
      db
        .update(webhookEndpoints)
        .set({
          failingSince,
          ...(disable && { enabled: false, disabledReason: disable, updatedAt: endedAt }),
        })
        .where(and(eq(webhookEndpoints.organizationId, organizationId), eq(webhookEndpoints.id, delivery.endpointId))),
    ])
  }

  async function end(which: One, { status, now }: { status: 'canceled' | 'failed'; now: number }): Promise<void> {
    await db
      .update(webhookDeliveries)
      .set({ status, nextAttemptAt: null, claimedUntil: 0, updatedAt: now })
      .where(and(one(which), eq(webhookDeliveries.status, 'pending')))
  }

  /** Begins another round, at once. Undefined while an attempt is under way. */
  async function beginAgain(which: One, { now }: { now: number }): Promise<DeliveryRow | undefined> {
    const [row] = await db
      .update(webhookDeliveries)
      .set({
        status: 'pending',
        attemptsInRound: 0,
        nextAttemptAt: now,
        nudgedAt: now,
        requestedAt: now,
        updatedAt: now,
      })
      .where(and(one(which), lte(webhookDeliveries.claimedUntil, now)))
      .returning()
    return row
  }

  const countRequested = ({ organizationId, since }: { organizationId: string; since: number }): Promise<number> =>
    db.$count(
      webhookDeliveries,
      and(eq(webhookDeliveries.organizationId, organizationId), gt(webhookDeliveries.requestedAt, since)),
    )

  return { findWithEndpoint, getDeliveryOf, listAttempts, list, claim, record, end, beginAgain, countRequested }
}
