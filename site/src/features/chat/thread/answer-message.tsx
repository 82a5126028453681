import { useState } from 'preact/hooks'
import type { ConversationMessage } from '#shared/contracts/conversation'
import { formatTime } from '../../../i18n/format-time.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { Money } from '../../../ui/money.tsx'
import { languageDirection } from '../direction/language-direction.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { modelName } from '../models/model-facts.ts'
import { AnswerEnding } from './answer-ending.tsx'
import { directionItems } from './direction-items.ts'
import { chooseDirection, chosenDirection } from './message-direction.ts'
import { Reasoning } from './reasoning.tsx'
import { useThread } from './thread-context.ts'
import { VersionPager } from './version-pager.tsx'

export function AnswerMessage({ message, last }: { message: ConversationMessage; last: boolean }) {
  const t = useTranslate()
  const { fallback } = useThread()
  const [forced, setForced] = useState(() => chosenDirection(message.id))
  const writing = message.status === 'running'
  const side = languageDirection(message.language) ?? fallback
  return (
    <>
      {message.reasoning && (
        <Reasoning text={message.reasoning} thinking={writing && message.content === ''} fallback={side} />
      )}
      {message.content !== '' && (
        <div class={writing ? 'is-writing' : undefined}>
          <Markdown text={message.content} growing={writing} fallback={side} forced={forced} />
        </div>
      )}
      {writing && message.content === '' && !message.reasoning && (
        <p class="chat-waiting">
          <span class="chat-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span class="visually-hidden">{t('chat.thinking')}</span>
        </p>
      )}
      {!writing && <AnswerEnding message={message} last={last} />}
      {!writing && (
        <AnswerActions
          message={message}
          forced={forced}
          onDirection={(direction) => {
            chooseDirection(message.id, direction)
            setForced(direction)
          }}
        />
      )}
    </>
  )
}

interface AnswerActionsProps {
  message: ConversationMessage
  forced: 'ltr' | 'rtl' | null
  onDirection: (direction: 'ltr' | 'rtl' | null) => void
}

function AnswerActions({ message, forced, onDirection }: AnswerActionsProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { actions, running, models } = useThread()
  return (
    <div class="chat-actions">
      <VersionPager message={message} />
      {message.content !== '' && <CopyButton text={message.content} label={t('chat.copy-message')} iconOnly />}
      {message.status !== 'failed' && (
        <Button
          variant="ghost"
          size="sm"
          iconOnly
          icon="refresh"
          disabled={running}
          onClick={() => actions.regenerate(message)}
        >
          {t('chat.try-again')}
        </Button>
      )}
      <Menu
        label={t('chat.more')}
        icon="more"
        iconOnly
        size="sm"
        align="start"
        items={[
          { label: t('chat.details'), icon: 'info', onSelect: () => actions.showDetails(message) },
          {
            label: t('chat.try-other'),
            icon: 'refresh',
            disabled: running,
            onSelect: () => actions.regenerateWith(message),
          },
          ...directionItems({ t, chosen: forced, onChoose: onDirection }),
        ]}
      />
      <button type="button" class="chat-facts" onClick={() => actions.showDetails(message)}>
        <span class="visually-hidden">{t('chat.details')}: </span>
        {message.cost_micros !== null && <Money micros={message.cost_micros} />}
        {message.model && (
          <span class="chat-fact">
            <bdi>{modelName(models, message.model)}</bdi>
          </span>
        )}
        <time class="chat-fact" dateTime={new Date(message.created_at).toISOString()}>
          {formatTime(locale, message.created_at, 'time')}
        </time>
      </button>
    </div>
  )
}
