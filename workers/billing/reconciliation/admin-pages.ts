// What operators are shown, page by page.
import type { z } from 'zod'
import type {
  Discrepancy,
  DiscrepancyPage,
  ReconciliationRun,
  StripeEventPage,
  StripeEventsQuery,
} from '#shared/contracts/billing-administration'
import type { PageQuery } from '#shared/contracts/page'
import { invalidCursor } from '#shared/http/problems'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'
import { createEventRows } from '../stripe-events/event-repository.ts'
import type { MoneyContext } from '../sync/money-context.ts'
import { listDiscrepancies, type DiscrepancyRow } from './discrepancies.ts'
import { createRunRows } from './run-rows.ts'

interface Place {
  at: number
  id: string
}

function placeIn(list: string, cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined
  const [, at, id] = /^(\d{1,16}) (.+)$/.exec(decodeCursor(list, cursor) ?? '') ?? []
  if (at === undefined || id === undefined) throw invalidCursor()
  return { at: Number(at), id }
}

/** One more than was asked for says whether there is another page. */
function pageOf<Row, View>(
  list: string,
  rows: Row[],
  { limit, placeOf, view }: { limit: number; placeOf: (row: Row) => Place; view: (row: Row) => View },
): { data: View[]; next_cursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  const more = rows.length > limit && last !== undefined
  const { at, id } = more ? placeOf(last) : { at: 0, id: '' }
  return { data: shown.map(view), next_cursor: more ? encodeCursor(list, `${at} ${id}`) : null }
}

export async function pageOfEvents({
  query: { limit, cursor, state, type },
  ctx,
}: {
  query: z.infer<typeof StripeEventsQuery>
  ctx: MoneyContext
}): Promise<z.infer<typeof StripeEventPage>> {
  const before = placeIn('stripe-events', cursor)
  const rows = await createEventRows(ctx.db).list({
    limit: limit + 1,
    ...(state && { state }),
    ...(type !== undefined && { type }),
    ...(before && { before }),
  })
  return pageOf('stripe-events', rows, {
    limit,
    placeOf: ({ receivedAt: at, id }) => ({ at, id }),
    view: (row) => ({
      id: row.id,
      type: row.type,
      created_at: row.createdAt,
      received_at: row.receivedAt,
      processed_at: row.processedAt,
      state: row.state,
      deliveries: row.deliveries,
      attempts: row.attempts,
      error: row.error,
      object_id: row.objectId,
      organization_id: row.organizationId,
    }),
  })
}

export const toDiscrepancy = (row: DiscrepancyRow): Discrepancy => ({
  id: row.id,
  found_at: row.foundAt,
  kind: row.kind as Discrepancy['kind'],
  organization_id: row.organizationId,
  subject_id: row.subjectId,
  expected: row.expected,
  actual: row.actual,
  state: row.state,
  resolved_at: row.resolvedAt,
  note: row.note,
})

export async function pageOfDiscrepancies({
  query: { limit, cursor, state },
  ctx,
}: {
  query: PageQuery & { state?: DiscrepancyRow['state'] }
  ctx: MoneyContext
}): Promise<z.infer<typeof DiscrepancyPage>> {
  const before = placeIn('discrepancies', cursor)
  const rows = await listDiscrepancies({ limit: limit + 1, ...(state && { state }), ...(before && { before }) }, ctx)
  return pageOf('discrepancies', rows, {
    limit,
    placeOf: ({ foundAt: at, id }) => ({ at, id }),
    view: toDiscrepancy,
  })
}

export async function pageOfRuns({
  query: { limit, cursor },
  ctx,
}: {
  query: PageQuery
  ctx: MoneyContext
}): Promise<{ data: ReconciliationRun[]; next_cursor: string | null }> {
  const before = placeIn('reconciliations', cursor)
  const rows = await createRunRows(ctx.db).list({ limit: limit + 1, ...(before && { before: before.at }) })
  return pageOf('reconciliations', rows, {
    limit,
    placeOf: ({ startedAt: at, id }) => ({ at, id }),
    view: ({ id, startedAt, finishedAt, subscriptions, invoices, grants, repaired, raised, error }) => ({
      id,
      started_at: startedAt,
      finished_at: finishedAt,
      subscriptions,
      invoices,
      grants,
      repaired,
      raised,
      error,
    }),
  })
}
