import type { ConversationMessage, LiveEvent } from '#shared/contracts/conversation'

export type Delta = Extract<LiveEvent, { type: 'answer-delta' }>

/** `repeat`: nothing new. `gap`: what it continues has not arrived. */
export type Growth = { message: ConversationMessage; outcome: 'grown' | 'repeat' | 'gap' }

export function growMessage(message: ConversationMessage, delta: Delta): Growth {
  const before = message[delta.field] ?? ''
  if (delta.offset > before.length) return { message, outcome: 'gap' }
  const fresh = delta.text.slice(before.length - delta.offset)
  if (fresh === '') return { message, outcome: 'repeat' }
  return { message: { ...message, [delta.field]: before + fresh }, outcome: 'grown' }
}

/** Takes in what had come too early, as far as it now fits. */
export function catchUp(
  message: ConversationMessage,
  early: readonly Delta[],
): { message: ConversationMessage; left: Delta[] } {
  let grown = message
  const left: Delta[] = []
  for (const delta of [...early].sort((a, b) => a.offset - b.offset)) {
    const growth = growMessage(grown, delta)
    grown = growth.message
    if (growth.outcome === 'gap') left.push(delta)
  }
  return { message: grown, left }
}

export const isRunning = (message: ConversationMessage): boolean => message.status === 'running'

const longer = (a: string | null, b: string | null): string | null => ((a ?? '').length > (b ?? '').length ? a : b)

/** Two copies of one message: an ended one beats a running one, and of two running ones each field that is further along. */
export function furtherAlong(known: ConversationMessage, incoming: ConversationMessage): ConversationMessage {
  if (!isRunning(known) && isRunning(incoming)) return { ...known, siblings: union(known.siblings, incoming.siblings) }
  if (!isRunning(incoming)) return { ...incoming, siblings: union(known.siblings, incoming.siblings) }
  return {
    ...incoming,
    content: longer(known.content, incoming.content) ?? '',
    reasoning: longer(known.reasoning, incoming.reasoning),
    siblings: union(known.siblings, incoming.siblings),
  }
}

/** Versions are only ever added, so the longer list is the newer one. */
const union = (a: string[], b: string[]): string[] => (a.length > b.length ? a : b)
