// Whose conversation it is and what it is called: the one row that everything else is asked through.
import type { LiveEvent } from '#shared/contracts/conversation'
import type { Owner } from '#shared/contracts/conversation-object'
import { isOwner, notFound, toConversation, type Answer, type Asked, type ConversationRow } from './rows.ts'
import type { Sql } from './sql.ts'

export interface Surroundings {
  sql: Sql
  now: () => number
  emit: (event: LiveEvent) => void
}

export type ConversationRecord = ReturnType<typeof createRecord>

export function createRecord({ sql, now, emit }: Surroundings) {
  const row = (): ConversationRow | null => sql<ConversationRow>('SELECT * FROM conversation')[0] ?? null

  function owned(owner: Owner): ConversationRow | null {
    const found = row()
    return found && isOwner(found, owner) ? found : null
  }

  function set(columns: Partial<Omit<ConversationRow, 'id' | 'organization_id' | 'user_id'>>): ConversationRow {
    const entries = Object.entries(columns)
    return sql<ConversationRow>(
      `UPDATE conversation SET ${entries.map(([name]) => `${name} = ?`).join(', ')} RETURNING *`,
      ...entries.map(([, value]) => value),
    )[0]!
  }

  function announce(conversation: ConversationRow): void {
    emit({ type: 'conversation-updated', conversation: toConversation(conversation) })
  }

  function create({ owner, id, title, model }: Asked<'create'>): Answer<'create'> {
    const found = row()
    if (found && !isOwner(found, owner)) return notFound
    if (!found) {
      const at = now()
      sql(
        `INSERT INTO conversation (only_row, id, organization_id, user_id, title, title_source, model, created_at, updated_at)
        VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        owner.organizationId,
        owner.userId,
        title ?? '',
        title ? 'user' : 'none',
        model,
        at,
        at,
      )
    }
    return { ok: true, conversation: toConversation(row()!) }
  }

  function read({ owner }: Asked<'read'>): Answer<'read'> {
    const found = owned(owner)
    return found ? { ok: true, conversation: toConversation(found) } : notFound
  }

  function update({ owner, title, model }: Asked<'update'>): Answer<'update'> {
    if (!owned(owner)) return notFound
    const changed = set({
      ...(title !== undefined && { title, title_source: 'user' as const }),
      ...(model !== undefined && { model }),
      updated_at: now(),
    })
    announce(changed)
    return { ok: true, conversation: toConversation(changed) }
  }

  function suggestTitle({ owner, title }: Asked<'suggestTitle'>): Answer<'suggestTitle'> {
    const found = owned(owner)
    if (!found) return notFound
    const applied = found.title_source !== 'user'
    const changed = applied ? set({ title, title_source: 'model' }) : found
    if (applied) announce(changed)
    return { ok: true, conversation: toConversation(changed), applied }
  }

  return { row, owned, set, announce, create, read, update, suggestTitle }
}
