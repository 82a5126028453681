import { and, desc, eq, inArray, lt } from 'drizzle-orm'
import { auditEvents, users } from '#db/schema/auth'
import type { AuditEvent } from '#shared/contracts/organizations'
import type { SystemContext } from './context.ts'
import { placeOf, toPage } from './page-after.ts'
import type { Actor } from './require-actor.ts'

/** D1 takes a hundred values in one statement. */
const AT_ONCE = 90

async function namesOf(ids: string[], ctx: SystemContext): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const rows = await ctx.db
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(inArray(users.id, ids.slice(from, from + AT_ONCE)))
    for (const { id, name } of rows) names.set(id, name)
  }
  return names
}

/** Newest first. */
export async function listAudit({
  limit,
  cursor,
  actor,
  ctx,
}: {
  limit: number
  cursor?: string
  actor: Actor
  ctx: SystemContext
}): Promise<{ data: AuditEvent[]; nextCursor: string | null }> {
  const before = placeOf('audit', cursor)
  const rows = await ctx.db
    .select()
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.organizationId, actor.organizationId),
        before === null ? undefined : lt(auditEvents.id, before),
      ),
    )
    .orderBy(desc(auditEvents.id))
    .limit(limit + 1)
  const page = toPage('audit', rows, limit)
  const people = new Set(
    page.data.flatMap(({ actorUserId, targetId }) => [actorUserId, targetId]).filter((id) => id?.startsWith('usr_')),
  )
  const names = await namesOf([...people] as string[], ctx)
  const data = page.data.map((event) => ({
    id: event.id,
    at: event.at,
    action: event.action,
    actor_user_id: event.actorUserId,
    actor_name: names.get(event.actorUserId ?? '') ?? null,
    actor_key_id: event.actorKeyId,
    target_id: event.targetId,
    target_name: names.get(event.targetId ?? '') ?? null,
    facts: event.facts,
  }))
  return { data, nextCursor: page.nextCursor }
}
