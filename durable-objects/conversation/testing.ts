// A conversation in memory, as the tests of its rules need it: ids count up, the clock is theirs.
import type { LiveEvent } from '#shared/contracts/conversation'
import type { Owner, SendInput } from '#shared/contracts/conversation-object'
import { createTestClock } from '#shared/lib/clock'
import { createContext } from './context.ts'
import { createMemorySql } from './memory-sql.ts'
import { migrate } from './schema.ts'
import type { Sql } from './sql.ts'
import { createTranscript } from './transcript.ts'

export const owner: Owner = { organizationId: 'org_a', userId: 'usr_a' }
export const stranger: Owner = { organizationId: 'org_b', userId: 'usr_a' }
export const colleague: Owner = { organizationId: 'org_a', userId: 'usr_b' }

/** Expected outcomes are data; a test that expects success says so with this. */
export function ok<Result extends { ok: boolean }>(result: Result): Extract<Result, { ok: true }> {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`)
  return result as Extract<Result, { ok: true }>
}

export function createTestConversation({
  sql = createMemorySql(),
  clock = createTestClock(),
}: { sql?: Sql; clock?: ReturnType<typeof createTestClock> } = {}) {
  migrate(sql)
  const events: LiveEvent[] = []
  const open = () => createTranscript({ sql, now: clock, emit: (event) => events.push(event) })
  const transcript = open()
  const context = createContext({ sql, transcript })
  let count = 0
  transcript.create({ owner, id: 'conv_1', title: null, model: null })

  const send = (content: string, more: Partial<SendInput> = {}) => {
    count++
    return transcript.send({
      owner,
      content,
      model: 'openai/gpt',
      language: 'en',
      tokens: content.length,
      requestId: `req_${count}`,
      title: content,
      messageId: `msg_u${count}`,
      answerId: `msg_a${count}`,
      ...more,
    })
  }

  const finish = (answerId: string, text = '') => {
    if (text)
      ok(transcript.append({ owner, answerId, offset: { content: 0, reasoning: 0 }, content: text, reasoning: '' }))
    return ok(
      transcript.finishAnswer({
        owner,
        answerId,
        status: 'complete',
        finishReason: 'stop',
        error: null,
        usage: { output_tokens: 1 },
        costMicros: 5,
        language: 'en',
        tokens: text.length,
      }),
    )
  }

  /** One question with its answer; the ids of both. */
  const turn = (question: string, answer: string, more: Partial<SendInput> = {}) => {
    const sent = ok(send(question, more))
    finish(sent.answer.id, answer)
    return { user: sent.message.id, assistant: sent.answer.id }
  }

  const regenerate = (messageId: string) => {
    count++
    return transcript.regenerate({
      owner,
      messageId,
      model: 'openai/gpt',
      requestId: `req_${count}`,
      answerId: `msg_a${count}`,
    })
  }

  const shown = (limit = 100) => ok(transcript.page({ owner, limit })).messages.map((message) => message.content)

  return { sql, clock, events, transcript, context, reopen: open, send, finish, turn, regenerate, shown }
}
