import { Button } from '../../ui/button.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { blockDirection } from './direction/block-direction.ts'
import { pageDirection } from './direction/page-direction.ts'
import { listId } from './list/conversation-list.tsx'

/** The title of the open conversation; on narrow screens also the way to the others. `null`: nothing is open. */
export function ChatHeader({ title, onNew }: { title: string | null; onNew: () => void }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <header class={title === null ? 'chat-head is-new' : 'chat-head'}>
      <Button class="narrow-only" variant="ghost" iconOnly icon="list" popovertarget={listId}>
        {t('chat.open-list')}
      </Button>
      {title === null ? (
        <span class="chat-head-title" />
      ) : (
        <h1
          class="chat-head-title"
          dir={blockDirection({ text: title, fallback: pageDirection(locale) })}
          title={title}
        >
          {title || t('chat.untitled')}
        </h1>
      )}
      <Button class="narrow-only" variant="ghost" iconOnly icon="compose" onClick={onNew}>
        {t('chat.new')}
      </Button>
    </header>
  )
}
