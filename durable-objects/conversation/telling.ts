// Messages as the world is told them: with their versions, their summaries and the words of a running answer so far.
import type { ConversationMessage } from '#shared/contracts/conversation'
import { summaryToMessage, toMessage, type MessageRow } from './rows.ts'
import type { RunningAnswer } from './running-answer.ts'
import type { Tree } from './tree.ts'

export type Telling = ReturnType<typeof createTelling>

export function createTelling({ tree, running }: { tree: Tree; running: RunningAnswer }) {
  function say(rows: MessageRow[]): ConversationMessage[] {
    const families = tree.siblings(rows)
    return rows.map((message) => {
      const live = message.status === 'running' ? running.text() : null
      const told = live ? { ...message, content: live.content, reasoning: live.reasoning || null } : message
      return toMessage(told, families.get(message.id)!)
    })
  }

  const sayOne = (id: string): ConversationMessage => say([tree.find(id)!])[0]!

  /** Each summary after the last message that it covers. */
  function sayWithSummaries(rows: MessageRow[]): ConversationMessage[] {
    const summaries = tree.summariesAfter(rows.map((message) => message.id))
    return say(rows).flatMap((message) => {
      const summary = summaries.get(message.id)
      return summary ? [message, summaryToMessage(summary)] : [message]
    })
  }

  return { sayOne, sayWithSummaries }
}
