import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { problemSentence } from '../../../ui/problem-sentence.ts'
import { SentPictures } from '../attachments/sent-pictures.tsx'
import { PlainText } from '../markdown/plain-text.tsx'
import type { PendingMessage } from '../state/pending-message.ts'
import { CreditCard, isAboutMoney } from './credit-card.tsx'
import { useThread } from './thread-context.ts'

export interface PendingBubbleProps {
  pending: PendingMessage
  onRetry: () => void
  /** Takes it back into the field that it was typed in. */
  onTakeBack: () => void
}

/** What was sent and is not yet there; or could not be sent, and why. */
export function PendingBubble({ pending, onRetry, onTakeBack }: PendingBubbleProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { fallback, actions } = useThread()
  const { failure } = pending
  return (
    <article class="chat-message chat-user" aria-label={t('chat.message-label-alone', { who: t('chat.who-user') })}>
      <SentPictures ids={pending.attachments} />
      <div class="chat-bubble is-pending">
        <PlainText text={pending.content} fallback={fallback} forced={null} />
      </div>
      {!failure && <p class="chat-sending">{t('chat.sending')}</p>}
      {failure && (
        <div class="chat-not-sent">
          {isAboutMoney(failure.code) ? (
            <CreditCard code={failure.code} facts={failure.facts} waiting="draft" onChooseModel={actions.chooseModel} />
          ) : (
            <p class="chat-ending chat-ending-failed" role="alert">
              <Icon name="alert" size={17} />
              <span>
                {t('chat.not-sent')} {problemSentence(locale, failure)}
              </span>
            </p>
          )}
          <div class="chat-not-sent-ways">
            <Button size="sm" icon="refresh" onClick={onRetry}>
              {t('chat.try-again')}
            </Button>
            <Button size="sm" variant="ghost" icon="edit" onClick={onTakeBack}>
              {t('chat.edit')}
            </Button>
          </div>
        </div>
      )}
    </article>
  )
}
