// A conversation as the platform keeps it, for tests: a tree, the shown branch, and the events of each change.
import type { Conversation, ConversationMessage, LiveEvent, MessagePage } from '#shared/contracts/conversation'

export interface FakePlatform {
  send(content: string, parentId?: string | null): { message: ConversationMessage; answer: ConversationMessage } | null
  regenerate(): ConversationMessage | null
  write(text: string, field?: 'content' | 'reasoning'): void
  finish(status?: 'complete' | 'stopped' | 'failed'): void
  edit(index: number, content: string): void
  showVersion(index: number, version: number): void
  page(limit?: number, from?: string): MessagePage
  conversation(): Conversation
  snapshot(): LiveEvent
  /** Everything that was announced so far, in order. */
  readonly events: LiveEvent[]
}

export function createFakePlatform(): FakePlatform {
  const all = new Map<string, ConversationMessage>()
  const events: LiveEvent[] = []
  let leaf: string | null = null
  let running: string | null = null
  let clock = 0

  const versionsOf = (parentId: string | null) =>
    [...all.values()].filter((message) => message.parent_id === parentId).map((message) => message.id)
  const read = (id: string): ConversationMessage => {
    const message = all.get(id)!
    return { ...message, siblings: versionsOf(message.parent_id) }
  }
  const path = (): ConversationMessage[] => {
    const messages: ConversationMessage[] = []
    for (let id = leaf; id !== null; id = all.get(id)!.parent_id) messages.unshift(read(id))
    return messages
  }
  const conversation = (): Conversation => ({
    id: 'conv_1',
    title: 'A title',
    model: null,
    running: running !== null,
    created_at: 0,
    updated_at: clock,
  })
  const add = (role: 'user' | 'assistant', content: string, parentId: string | null): ConversationMessage => {
    const id = `msg_${all.size + 1}`
    const status = role === 'user' ? 'complete' : 'running'
    all.set(id, messageOf({ id, role, content, parent_id: parentId, status, created_at: ++clock }))
    leaf = id
    events.push({ type: 'message-created', message: read(id) })
    return read(id)
  }
  const answer = (parentId: string): ConversationMessage => {
    const message = add('assistant', '', parentId)
    running = message.id
    events.push({ type: 'conversation-updated', conversation: conversation() })
    return message
  }
  const newestLeaf = (id: string): string => {
    const child = versionsOf(id).at(-1)
    return child ? newestLeaf(child) : id
  }

  return {
    events,
    conversation,
    snapshot: () => ({
      type: 'snapshot',
      conversation: conversation(),
      running: running ? read(running) : null,
      leaf_id: leaf,
    }),
    send: (content, parentId = leaf) => {
      if (running) return null
      const message = add('user', content, parentId)
      return { message, answer: answer(message.id) }
    },
    regenerate: () => {
      const last = path().at(-1)
      return running || !last ? null : answer(last.parent_id!)
    },
    write: (text, field = 'content') => {
      if (!running) return
      const message = all.get(running)!
      const before = message[field] ?? ''
      all.set(running, { ...message, [field]: before + text })
      events.push({ type: 'answer-delta', message_id: running, field, offset: before.length, text })
    },
    finish: (status = 'complete') => {
      if (!running) return
      all.set(running, { ...all.get(running)!, status, cost_micros: 12 })
      const message = read(running)
      running = null
      clock++
      events.push({ type: 'answer-finished', message }, { type: 'conversation-updated', conversation: conversation() })
    },
    edit: (index, content) => {
      const message = path()[index]
      if (!message || message.status === 'running') return
      all.set(message.id, { ...all.get(message.id)!, content })
      events.push({ type: 'message-updated', message: read(message.id) })
    },
    showVersion: (index, version) => {
      const message = path()[index]
      const target = message?.siblings[version % message.siblings.length]
      if (running || !target) return
      leaf = newestLeaf(target)
      events.push({ type: 'branch-shown', leaf_id: leaf })
    },
    page: (limit = 50, from) => {
      const messages = path()
      const end = from ? messages.findIndex((message) => message.id === from) + 1 : messages.length
      const start = Math.max(0, end - limit)
      return { data: messages.slice(start, end), next_cursor: start > 0 ? messages[start - 1]!.id : null }
    },
  }
}

export const messageOf = (own: Partial<ConversationMessage> & { id: string }): ConversationMessage => ({
  parent_id: null,
  role: 'user',
  content: '',
  reasoning: null,
  status: 'complete',
  finish_reason: null,
  error: null,
  model: null,
  language: null,
  usage: null,
  cost_micros: null,
  request_id: null,
  created_at: 0,
  siblings: [own.id],
  ...own,
})
