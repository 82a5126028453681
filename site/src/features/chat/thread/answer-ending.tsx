import type { ConversationMessage } from '#shared/contracts/conversation'
import { localized } from '../../../i18n/paths.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { problemSentence } from '../../../ui/problem-sentence.ts'
import { CreditCard, isAboutMoney } from './credit-card.tsx'
import { useThread } from './thread-context.ts'

/** How an answer ended, where that was not simply its end. */
export function AnswerEnding({ message, last }: { message: ConversationMessage; last: boolean }) {
  const t = useTranslate()
  const locale = useLocale()
  const { actions, running } = useThread()
  const retry = () => actions.regenerate(message)
  const code = message.error?.code ?? 'unknown'

  if (message.status === 'failed' && isAboutMoney(code)) {
    return <CreditCard code={code} onChooseModel={actions.chooseModel} onRetry={running ? undefined : retry} />
  }
  const sentence = endingSentence()
  if (!sentence) return null
  const failed = message.status === 'failed'
  return (
    <div class={`chat-ending ${failed ? 'chat-ending-failed' : ''}`}>
      <Icon name={failed ? 'alert' : 'info'} size={17} />
      <p>{sentence}</p>
      {message.finish_reason === 'credit' && <a href={localized(locale, '/usage')}>{t('chat.credit-usage')}</a>}
      {(last || failed) && message.status !== 'complete' && (
        <span class="chat-ending-ways">
          <Button size="sm" icon="refresh" disabled={running} onClick={retry}>
            {t('chat.try-again')}
          </Button>
          {failed && (
            <Button size="sm" variant="ghost" disabled={running} onClick={() => actions.regenerateWith(message)}>
              {t('chat.try-other')}
            </Button>
          )}
        </span>
      )}
    </div>
  )

  function endingSentence(): string | null {
    if (message.status === 'failed') return problemSentence(locale, { code })
    if (message.status === 'stopped') return t('chat.answer-stopped')
    if (message.status === 'interrupted') return t('chat.answer-interrupted')
    if (message.finish_reason === 'credit') return t('chat.answer-credit')
    if (message.finish_reason === 'length') return t('chat.answer-cut')
    return message.status === 'complete' && message.content.trim() === '' ? t('chat.answer-empty') : null
  }
}
