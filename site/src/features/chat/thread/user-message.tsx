import { useRef, useState } from 'preact/hooks'
import type { ConversationMessage } from '#shared/contracts/conversation'
import { formatTime } from '../../../i18n/format-time.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { SentPictures } from '../attachments/sent-pictures.tsx'
import { languageDirection } from '../direction/language-direction.ts'
import { PlainText } from '../markdown/plain-text.tsx'
import { directionItems } from './direction-items.ts'
import { EditMessage } from './edit-message.tsx'
import { chooseDirection, chosenDirection } from './message-direction.ts'
import { useThread } from './thread-context.ts'
import { VersionPager } from './version-pager.tsx'

export function UserMessage({ message }: { message: ConversationMessage }) {
  const t = useTranslate()
  const locale = useLocale()
  const { actions, running, fallback } = useThread()
  const [editing, setEditing] = useState(false)
  const [forced, setForced] = useState(() => chosenDirection(message.id))
  const editButton = useRef<HTMLButtonElement>(null)
  const close = () => {
    setEditing(false)
    requestAnimationFrame(() => editButton.current?.focus())
  }
  if (editing) {
    return (
      <EditMessage
        content={message.content}
        running={running}
        onCancel={close}
        onRerun={(content) => {
          setEditing(false)
          actions.askAgain(message, content)
        }}
        onSave={async (content) => {
          const saved = await actions.edit(message, content)
          if (saved) close()
          return saved
        }}
      />
    )
  }
  return (
    <>
      <SentPictures ids={message.attachments} />
      <div class="chat-bubble">
        <PlainText text={message.content} fallback={languageDirection(message.language) ?? fallback} forced={forced} />
      </div>
      <div class="chat-actions">
        <time
          class="chat-fact"
          dateTime={new Date(message.created_at).toISOString()}
          title={formatTime(locale, message.created_at)}
        >
          {formatTime(locale, message.created_at, 'time')}
        </time>
        <VersionPager message={message} />
        <CopyButton text={message.content} label={t('chat.copy-message')} iconOnly />
        <Button buttonRef={editButton} variant="ghost" size="sm" iconOnly icon="edit" onClick={() => setEditing(true)}>
          {t('chat.edit')}
        </Button>
        <Menu
          label={t('chat.direction')}
          icon="direction"
          iconOnly
          size="sm"
          items={directionItems({
            t,
            chosen: forced,
            onChoose: (direction) => {
              chooseDirection(message.id, direction)
              setForced(direction)
            },
          })}
        />
      </div>
    </>
  )
}
