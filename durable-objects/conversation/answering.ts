// The life of an answer: begun with its question, written from outside, stopped, finished, or ended because its
// writer has died. At most one runs.
import type { MessageStatus } from '#shared/contracts/conversation'
import type { AppendInput, Appended, FinishInput, Idempotency } from '#shared/contracts/conversation-object'
import type { ConversationRecord, Surroundings } from './record.ts'
import { keyColumns, notFound, toConversation, type Answer, type Asked, type ConversationRow } from './rows.ts'
import type { RunningAnswer } from './running-answer.ts'
import type { Telling } from './telling.ts'
import type { Tree } from './tree.ts'

/** Whoever writes an answer gives a sign far more often than this; without one it is dead. */
export const SILENCE_MS = 90_000

export interface AnsweringParts extends Omit<Surroundings, 'sql'> {
  record: ConversationRecord
  running: RunningAnswer
  telling: Telling
  tree: Tree
}

export function createAnswering({ now, emit, record, running, telling, tree }: AnsweringParts) {
  const { announce, owned, row, set } = record
  const { sayOne } = telling

  function beginAnswer(input: {
    answerId: string
    parentId: string
    model: string
    requestId: string
    idempotency?: Idempotency
  }): ConversationRow {
    const at = now()
    tree.insert({
      id: input.answerId,
      parent_id: input.parentId,
      role: 'assistant',
      status: 'running',
      content: '',
      created_at: at,
      model: input.model,
      request_id: input.requestId,
      ...keyColumns(input.idempotency),
    })
    running.take()
    return set({
      leaf_id: input.answerId,
      running_id: input.answerId,
      stop_requested: 0,
      sign_at: at,
      updated_at: at,
      model: input.model,
    })
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
    const answer = append({
      owner,
      answerId,
      offset: { content: content.length, reasoning: reasoning.length },
      content: '',
      reasoning: '',
    })
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

  return { beginAnswer, stop, append, touch, finishAnswer, watchAt, watch }
}
