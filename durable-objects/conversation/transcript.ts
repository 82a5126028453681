// What may happen to a conversation, and what is said about it. Synchronous throughout: an object runs one
// event at a time, so nothing here can be interleaved with itself.
import type { LiveEvent } from '#shared/contracts/conversation'
import { PICTURE_TOKENS } from '#shared/contracts/conversation-object'
import type { Idempotency, Regenerated, RegenerateInput, SendInput, Sent } from '#shared/contracts/conversation-object'
import { createAnswering } from './answering.ts'
import { createRecord, type Surroundings } from './record.ts'
import {
  attachmentsOf,
  keyColumns,
  notFound,
  toConversation,
  type Answer,
  type Asked,
  type MessageRow,
} from './rows.ts'
import { createRunningAnswer } from './running-answer.ts'
import { createTelling } from './telling.ts'
import { createTree } from './tree.ts'

const DAY_MS = 24 * 60 * 60_000

export type Transcript = ReturnType<typeof createTranscript>

export function createTranscript({ sql, now, emit }: Surroundings) {
  const tree = createTree(sql)
  const running = createRunningAnswer(sql, now)
  const record = createRecord({ sql, now, emit })
  const telling = createTelling({ tree, running })
  const answering = createAnswering({ now, emit, record, running, telling, tree })
  const { announce, owned, row, set } = record
  const { beginAnswer, stop, append, touch, finishAnswer, watchAt, watch } = answering
  const { sayOne, sayWithSummaries } = telling

  function page({ owner, limit, from }: Asked<'page'>): Answer<'page'> {
    const found = owned(owner)
    if (!found) return notFound
    const start = from ?? found.leaf_id
    if (start === null) return { ok: true, messages: [], next: null }
    const rows = tree.pathUp(start, limit)
    if (rows.length === 0) return { ok: false, code: 'unknown_message' }
    return { ok: true, messages: sayWithSummaries(rows.toReversed()), next: rows.at(-1)!.parent_id }
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
      const answer = sql<{ id: string }>(
        'SELECT id FROM messages WHERE parent_id = ? ORDER BY sequence LIMIT 1',
        before.id,
      )[0]!
      return {
        ok: true,
        conversation: toConversation(found),
        message: sayOne(before.id),
        answer: sayOne(answer.id),
        repeated: true,
      }
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
      tokens: input.tokens + (input.attachments?.length ?? 0) * PICTURE_TOKENS,
      ...(input.attachments?.length && { attachments: JSON.stringify(input.attachments) }),
      ...keyColumns(input.idempotency),
      created_at: now(),
    })
    if (found.title_source === 'none') set({ title: input.title, title_source: 'words' })
    const changed = beginAnswer({
      answerId: input.answerId,
      parentId: input.messageId,
      model: input.model,
      requestId: input.requestId,
    })
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
      if (tree.stepsUp(summary.after_id).some((step) => step.id === messageId))
        sql('UPDATE summaries SET stale = 1 WHERE id = ?', summary.id)
    }
  }

  function edit({ owner, messageId, content, language, tokens }: Asked<'edit'>): Answer<'edit'> {
    const found = owned(owner)
    if (!found) return notFound
    const before = tree.find(messageId)
    if (!before) return { ok: false, code: 'message_not_found' }
    if (found.running_id !== null) return { ok: false, code: 'running' }
    const { attachments = [] } = attachmentsOf(before)
    tree.change(messageId, { content, language, tokens: tokens + attachments.length * PICTURE_TOKENS })
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

  function snapshot(): Extract<LiveEvent, { type: 'snapshot' }> | null {
    const found = row()
    if (!found) return null
    return {
      type: 'snapshot',
      conversation: toConversation(found),
      running: found.running_id ? sayOne(found.running_id) : null,
      leaf_id: found.leaf_id,
    }
  }

  function exportMessages({ owner, after, limit }: Asked<'exportMessages'>): Answer<'exportMessages'> {
    if (!owned(owner)) return notFound
    const rows = sql<MessageRow>('SELECT * FROM messages WHERE sequence > ? ORDER BY sequence LIMIT ?', after, limit)
    return { ok: true, messages: sayWithSummaries(rows), next: rows.length === limit ? rows.at(-1)!.sequence : null }
  }

  const { create, read, update, suggestTitle } = record
  return {
    tree,
    owned,
    create,
    read,
    update,
    suggestTitle,
    page,
    send,
    regenerate,
    edit,
    showBranch,
    stop,
    append,
    touch,
    finishAnswer,
    watchAt,
    watch,
    snapshot,
    exportMessages,
    savePieces: running.save,
    hasUnsavedPieces: running.hasUnsaved,
  }
}
