// What may happen to a conversation, and what is said about it. Synchronous throughout: an object runs one
// event at a time, so nothing here can be interleaved with itself.
import type { ConversationMessage, LiveEvent, MessageStatus } from '#shared/contracts/conversation'
import type { AppendInput, Appended, ConversationRpc, FinishInput, Idempotency, Owner, Regenerated, RegenerateInput, SendInput, Sent } from '#shared/contracts/conversation-object'
import { isOwner, summaryToMessage, toConversation, toMessage, type ConversationRow, type MessageRow } from './rows.ts'
import { createRunningAnswer } from './running-answer.ts'
import type { Sql } from './sql.ts'
import { createTree } from './tree.ts'

const notFound = { ok: false, code: 'not_found' } as const
const keyColumns = (idempotency: Idempotency | undefined) => ({ idempotency_key: idempotency?.key ?? null, fingerprint: idempotency?.fingerprint ?? null })

const DAY_MS = 24 * 60 * 60_000
/** Whoever writes an answer gives a sign far more often than this; without one it is dead. */
export const SILENCE_MS = 90_000

type Answer<Method extends keyof ConversationRpc> = Awaited<ReturnType<ConversationRpc[Method]>>
type Asked<Method extends keyof ConversationRpc> = Parameters<ConversationRpc[Method]>[0]

export type Transcript = ReturnType<typeof createTranscript>

export function createTranscript({ sql, now, emit }: { sql: Sql; now: () => number; emit: (event: LiveEvent) => void }) {
  const tree = createTree(sql)
  const running = createRunningAnswer(sql, now)

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

  function say(rows: MessageRow[]): ConversationMessage[] {
    const families = tree.siblings(rows)
    return rows.map((message) => {
      const live = message.status === 'running' ? running.text() : null
      const told = live ? { ...message, content: live.content, reasoning: live.reasoning || null } : message
      return toMessage(told, families.get(message.id)!)
    })
  }

  const sayOne = (id: string): ConversationMessage => say([tree.find(id)!])[0]!

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
        ...[id, owner.organizationId, owner.userId, title ?? '', title ? 'user' : 'none', model, at, at],
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
    const changed = set({ ...(title !== undefined && { title, title_source: 'user' as const }), ...(model !== undefined && { model }), updated_at: now() })
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

  function page({ owner, limit, from }: Asked<'page'>): Answer<'page'> {
    const found = owned(owner)
    if (!found) return notFound
    const start = from ?? found.leaf_id
    if (start === null) return { ok: true, messages: [], next: null }
    const rows = tree.pathUp(start, limit)
    if (rows.length === 0) return { ok: false, code: 'unknown_message' }
    const summaries = tree.summariesAfter(rows.map((message) => message.id))
    const messages = say(rows.reverse()).flatMap((message) => {
      const summary = summaries.get(message.id)
      return summary ? [message, summaryToMessage(summary)] : [message]
    })
    return { ok: true, messages, next: rows[0]!.parent_id }
  }

  function beginAnswer(input: { answerId: string; parentId: string; model: string; requestId: string; idempotency?: Idempotency }): ConversationRow {
    const at = now()
    tree.insert({
      ...{ id: input.answerId, parent_id: input.parentId, role: 'assistant', status: 'running', content: '', created_at: at },
      ...{ model: input.model, request_id: input.requestId, ...keyColumns(input.idempotency) },
    })
    running.take()
    return set({ leaf_id: input.answerId, running_id: input.answerId, stop_requested: 0, sign_at: at, updated_at: at, model: input.model })
  }

  /** What was stored when this Idempotency-Key was used before; null where it was not, or more than a day ago. */
  function usedBefore(idempotency: Idempotency | undefined): MessageRow | null {
    if (!idempotency) return null
    const before = sql<MessageRow>('SELECT * FROM messages WHERE idempotency_key = ?', idempotency.key)[0]
    if (!before || now() - before.created_at < DAY_MS) return before ?? null
    tree.change(before.id, { idempotency_key: null })
    return null
  }

  function send(input: SendInput): Sent {
    const found = owned(input.owner)
    if (!found) return notFound
    const before = usedBefore(input.idempotency)
    if (before) {
      if (before.fingerprint !== input.idempotency?.fingerprint) return { ok: false, code: 'idempotency_mismatch' }
      const answer = sql<{ id: string }>('SELECT id FROM messages WHERE parent_id = ? ORDER BY sequence LIMIT 1', before.id)[0]!
      return { ok: true, conversation: toConversation(found), message: sayOne(before.id), answer: sayOne(answer.id), repeated: true }
    }
    if (found.running_id !== null) return { ok: false, code: 'running' }
    const parentId = input.parentId === undefined ? found.leaf_id : input.parentId
    const parent = parentId === null ? null : tree.find(parentId)
    if (parentId !== null && !parent) return { ok: false, code: 'message_not_found' }
    if (parent && parent.role !== 'assistant') return { ok: false, code: 'invalid_parent' }
    tree.insert({
      id: input.messageId,
      parent_id: parentId,
      role: 'user',
      status: 'complete',
      content: input.content,
      language: input.language,
      tokens: input.tokens,
      ...keyColumns(input.idempotency),
      created_at: now(),
    })
    if (found.title_source === 'none') set({ title: input.title, title_source: 'words' })
    const changed = beginAnswer({ answerId: input.answerId, parentId: input.messageId, model: input.model, requestId: input.requestId })
    const [message, answer] = [sayOne(input.messageId), sayOne(input.answerId)]
    emit({ type: 'message-created', message })
    emit({ type: 'message-created', message: answer })
    announce(changed)
    return { ok: true, conversation: toConversation(changed), message, answer, repeated: false }
  }

  function regenerate(input: RegenerateInput): Regenerated {
    const found = owned(input.owner)
    if (!found) return notFound
    const before = usedBefore(input.idempotency)
    if (before) {
      if (before.fingerprint !== input.idempotency?.fingerprint) return { ok: false, code: 'idempotency_mismatch' }
      return { ok: true, conversation: toConversation(found), answer: sayOne(before.id), repeated: true }
    }
    if (found.running_id !== null) return { ok: false, code: 'running' }
    const message = tree.find(input.messageId)
    if (!message) return { ok: false, code: 'message_not_found' }
    const parentId = message.role === 'user' ? message.id : message.parent_id!
    const changed = beginAnswer({ ...input, parentId })
    const answer = sayOne(input.answerId)
    emit({ type: 'message-created', message: answer })
    announce(changed)
    return { ok: true, conversation: toConversation(changed), answer, repeated: false }
  }

  /** A summary that covers this message no longer says what is there: it stays to be read, but no model is told it. */
  function spoilSummaries(messageId: string): void {
    for (const summary of sql<{ id: string; after_id: string }>('SELECT id, after_id FROM summaries WHERE stale = 0')) {
      if (tree.stepsUp(summary.after_id).some((step) => step.id === messageId)) sql('UPDATE summaries SET stale = 1 WHERE id = ?', summary.id)
    }
  }

  function edit({ owner, messageId, content, language, tokens }: Asked<'edit'>): Answer<'edit'> {
    const found = owned(owner)
    if (!found) return notFound
    if (!tree.find(messageId)) return { ok: false, code: 'message_not_found' }
    if (found.running_id !== null) return { ok: false, code: 'running' }
    tree.change(messageId, { content, language, tokens })
    spoilSummaries(messageId)
    set({ updated_at: now() })
    const message = sayOne(messageId)
    emit({ type: 'message-updated', message })
    return { ok: true, message }
  }

  function showBranch({ owner, messageId }: Asked<'showBranch'>): Answer<'showBranch'> {
    const found = owned(owner)
    if (!found) return notFound
    if (!tree.find(messageId)) return { ok: false, code: 'message_not_found' }
    if (found.running_id !== null) return { ok: false, code: 'running' }
    const leafId = tree.newestLeaf(messageId)
    set({ leaf_id: leafId })
    emit({ type: 'branch-shown', leaf_id: leafId })
    return { ok: true, leafId }
  }

  function stop({ owner }: Asked<'stop'>): Answer<'stop'> {
    const found = owned(owner)
    if (!found) return notFound
    if (found.running_id !== null) set({ stop_requested: 1 })
    return { ok: true, answerId: found.running_id }
  }

  function append({ owner, answerId, offset, content, reasoning }: AppendInput): Appended {
    const found = owned(owner)
    if (!found) return notFound
    if (found.running_id !== answerId) return { ok: false, code: 'not_running' }
    const deltas = running.append(offset, { content, reasoning })
    const text = running.text()
    if (!deltas) return { ok: false, code: 'gap', content: text.content.length, reasoning: text.reasoning.length }
    for (const delta of deltas) emit({ type: 'answer-delta', message_id: answerId, ...delta })
    return { ok: true, stopped: found.stop_requested === 1 }
  }

  function touch({ owner, answerId }: Asked<'touch'>): Appended {
    const { content, reasoning } = running.text()
    const answer = append({ owner, answerId, offset: { content: content.length, reasoning: reasoning.length }, content: '', reasoning: '' })
    if (answer.ok) set({ sign_at: now() })
    return answer
  }

  function finish(answerId: string, end: Omit<FinishInput, 'owner' | 'answerId'> & { status: MessageStatus }) {
    const { content, reasoning } = running.take()
    tree.change(answerId, {
      content,
      reasoning: reasoning || null,
      status: end.status,
      finish_reason: end.finishReason,
      error_code: end.error?.code ?? null,
      error_message: end.error?.message ?? null,
      usage: end.usage === null ? null : JSON.stringify(end.usage),
      cost_micros: end.costMicros,
      language: end.language,
      tokens: end.tokens ?? Math.ceil(content.length / 2),
    })
    const changed = set({ running_id: null, stop_requested: 0, updated_at: now() })
    const message = sayOne(answerId)
    emit({ type: 'answer-finished', message })
    announce(changed)
    return { message, conversation: toConversation(changed) }
  }

  function finishAnswer({ owner, answerId, ...end }: FinishInput): Answer<'finishAnswer'> {
    const found = owned(owner)
    if (!found) return notFound
    if (found.running_id !== answerId) return { ok: false, code: 'not_running' }
    return { ok: true, ...finish(answerId, end) }
  }

  /** When to look whether the running answer still has a writer; null while nothing runs. */
  function watchAt(): number | null {
    const found = row()
    return found?.running_id ? found.sign_at + SILENCE_MS : null
  }

  /** Ends an answer whose writer has not been heard of. What was delivered stays. */
  function watch(): void {
    const found = row()
    if (!found?.running_id || now() < found.sign_at + SILENCE_MS) return
    finish(found.running_id, {
      status: 'interrupted',
      finishReason: null,
      error: { code: 'service_unavailable', message: 'The answer was interrupted. What had arrived is kept.' },
      usage: null,
      costMicros: null,
      language: null,
      tokens: null,
    })
  }

  function snapshot(): Extract<LiveEvent, { type: 'snapshot' }> | null {
    const found = row()
    if (!found) return null
    return { type: 'snapshot', conversation: toConversation(found), running: found.running_id ? sayOne(found.running_id) : null, leaf_id: found.leaf_id }
  }

  function exportMessages({ owner, after, limit }: Asked<'exportMessages'>): Answer<'exportMessages'> {
    if (!owned(owner)) return notFound
    const rows = sql<MessageRow>('SELECT * FROM messages WHERE sequence > ? ORDER BY sequence LIMIT ?', after, limit)
    const summaries = tree.summariesAfter(rows.map((message) => message.id))
    const messages = say(rows).flatMap((message) => {
      const summary = summaries.get(message.id)
      return summary ? [message, summaryToMessage(summary)] : [message]
    })
    return { ok: true, messages, next: rows.length === limit ? rows.at(-1)!.sequence : null }
  }

  return {
    ...{ tree, owned, create, read, update, suggestTitle, page, send, regenerate, edit, showBranch, stop },
    ...{ append, touch, finishAnswer, watchAt, watch, snapshot, exportMessages },
    savePieces: running.save,
    hasUnsavedPieces: running.hasUnsaved,
  }
}
