import type { ConversationMessage } from '#shared/contracts/conversation'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { Money } from '../../../ui/money.tsx'
import { languageDirection } from '../direction/language-direction.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { useThread } from './thread-context.ts'

export function SummaryMessage({ message }: { message: ConversationMessage }) {
  const t = useTranslate()
  const { fallback } = useThread()
  return (
    <div class="chat-summary">
      <p>
        {t('chat.summary')} {message.cost_micros !== null && <Money micros={message.cost_micros} />}
      </p>
      <details>
        <summary>{t('chat.summary-show')}</summary>
        <Markdown
          text={message.content}
          growing={false}
          fallback={languageDirection(message.language) ?? fallback}
          forced={null}
        />
      </details>
    </div>
  )
}
