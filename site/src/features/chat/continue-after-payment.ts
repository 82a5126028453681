// Back from a payment: what waited for credit goes on by itself, once.
import type { ConversationMessage } from '#shared/contracts/conversation'
import { isAboutMoney } from './thread/money-codes.ts'

const MARK = 'continue'

/** What could not be paid for: a message that is still the draft, or an answer. */
export type Waiting = 'draft' | 'answer'

/** Where a conversation goes on after it was paid for. */
export const continuedPath = (pathname: string, waiting: Waiting): string => `${pathname}?${MARK}=${waiting}`

export function waitingIn(search: string): Waiting | null {
  const said = new URLSearchParams(search).get(MARK)
  return said === 'draft' || said === 'answer' ? said : null
}

export type Continuation = { kind: 'send'; text: string } | { kind: 'regenerate'; message: ConversationMessage }

/** What was typed and refused is still the draft; an answer that failed for want of credit is the newest one. */
export function whatContinues({
  waiting,
  draft,
  messages,
}: {
  waiting: Waiting
  draft: string
  messages: readonly ConversationMessage[]
}): Continuation | null {
  if (waiting === 'draft') return draft.trim() === '' ? null : { kind: 'send', text: draft }
  const last = messages.at(-1)
  const failed = last?.role === 'assistant' && last.status === 'failed' && isAboutMoney(last.error?.code ?? '')
  return failed ? { kind: 'regenerate', message: last } : null
}
