import type { ConversationMessage } from '#shared/contracts/conversation'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { memo } from '../../../ui/memo.ts'
import { AnswerMessage } from './answer-message.tsx'
import { SummaryMessage } from './summary-message.tsx'
import { UserMessage } from './user-message.tsx'

export interface MessageProps {
  message: ConversationMessage
  /** Counted from one. Null while messages above are not loaded, because then nobody knows. */
  number: number | null
  total: number
  last: boolean
}

export const Message = memo(function Message({ message, number, total, last }: MessageProps) {
  const t = useTranslate()
  if (message.role === 'summary') return <SummaryMessage message={message} />
  const who = t(message.role === 'user' ? 'chat.who-user' : 'chat.who-assistant')
  const label =
    number === null ? t('chat.message-label-alone', { who }) : t('chat.message-label', { number, total, who })
  return (
    <article
      id={message.id}
      class={`chat-message chat-${message.role}${last ? ' is-last' : ''}`}
      aria-label={label}
      aria-busy={message.status === 'running' || undefined}
    >
      {message.role === 'user' ? (
        <UserMessage key={message.id} message={message} />
      ) : (
        <AnswerMessage key={message.id} message={message} last={last} />
      )}
    </article>
  )
})
