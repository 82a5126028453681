// Passes an answer's words on to the conversation: the first at once, the rest gathered, so that a fast model
// costs no more calls than a slow one. The whole text is kept, should the object have lost its last moment.
import type { ConversationRpc, Owner } from '#shared/contracts/conversation-object'

/** Between two deliveries: short enough to look like typing. */
const GATHER_MS = 40
const PATIENCE = 6

export interface DeltaWriterInput {
  conversation: Pick<ConversationRpc, 'append'>
  owner: Owner
  answerId: string
  wait: (milliseconds: number) => Promise<void>
  /** Stop was pressed, or the answer no longer runs. */
  onStop: () => void
}

export function createDeltaWriter({ conversation, owner, answerId, wait, onStop }: DeltaWriterInput) {
  const text = { content: '', reasoning: '' }
  let delivered = { content: 0, reasoning: 0 }
  let delivery: Promise<void> = Promise.resolve()
  let delivering = false
  let closed = false

  const pending = () =>
    !closed && (text.content.length > delivered.content || text.reasoning.length > delivered.reasoning)

  async function deliverOnce(): Promise<void> {
    const offset = delivered
    const upTo = { content: text.content.length, reasoning: text.reasoning.length }
    const appended = await conversation.append({
      owner,
      answerId,
      offset,
      content: text.content.slice(offset.content),
      reasoning: text.reasoning.slice(offset.reasoning),
    })
    if (appended.ok) {
      delivered = upTo
      if (appended.stopped) onStop()
    } else if (appended.code === 'gap') {
      delivered = { content: appended.content, reasoning: appended.reasoning }
    } else {
      closed = true
      onStop()
    }
  }

  /** An object that cannot be reached this moment is told everything the next time, but not asked for ever. */
  async function deliver(pause: number): Promise<void> {
    let failures = 0
    delivering = true
    while (pending() && failures < PATIENCE) {
      const reached = await deliverOnce().then(
        () => true,
        () => false,
      )
      failures = reached ? 0 : failures + 1
      if (pause > 0 || !reached) await wait(pause + (reached ? 0 : 100 * 2 ** failures))
    }
    // In the same step in which nothing was found pending: a word that comes later begins anew.
    delivering = false
  }

  function write(field: 'content' | 'reasoning', added: string): void {
    text[field] += added
    if (!delivering) delivery = deliver(GATHER_MS)
  }

  /** Resolves when everything has been delivered, or cannot be. */
  async function flush(): Promise<void> {
    await delivery
    await deliver(0)
  }

  return { write, flush, text: () => text }
}
