import { useEffect, useRef, useState } from 'preact/hooks'
import type { Ref } from 'preact'
import type { Conversation } from '#shared/contracts/conversation'
import { intlLocale } from '../../../i18n/format-number.ts'
import type { Locale } from '../../../i18n/locales.ts'
import type { Translate } from '../../../i18n/translate.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { LoadMore } from '../../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { typedDirection } from '../direction/typed-direction.ts'
import { ConversationRow } from './conversation-row.tsx'
import { groupByDay } from './group-by-day.ts'
import type { DayGroup } from './group-by-day.ts'
import type { ConversationList as List } from './use-conversation-list.ts'
import type { Deletion } from './use-deletion.ts'

export const listId = 'conversations'

export interface ConversationListProps {
  list: List
  deletion: Deletion
  openId: string | null
  searchRef: Ref<HTMLInputElement>
  onOpen: (id: string) => void
  onNew: () => void
  onDelete: (conversation: Conversation) => void
  onUndo: (conversation: Conversation) => void
}

/** Beside the thread on wide screens, a drawer on narrow ones. */
export function ConversationList({
  list,
  deletion,
  openId,
  searchRef,
  onOpen,
  onNew,
  onDelete,
  onUndo,
}: ConversationListProps) {
  const t = useTranslate()
  return (
    <nav class="chat-list" id={listId} popover="auto" aria-label={t('chat.list')}>
      <div class="chat-list-head">
        <Button class="chat-new" variant="primary" icon="compose" onClick={onNew} aria-keyshortcuts="Control+Shift+O">
          {t('chat.new')}
        </Button>
        <Button class="narrow-only" variant="ghost" iconOnly icon="close" popovertarget={listId}>
          {t('chat.close-list')}
        </Button>
      </div>
      <div class="chat-search">
        <Icon name="search" size={17} />
        <input
          ref={searchRef}
          class="input"
          type="search"
          dir={typedDirection(list.search)}
          value={list.search}
          placeholder={t('chat.search')}
          aria-label={t('chat.search')}
          aria-keyshortcuts="/ Control+K"
          onInput={(event) => list.setSearch(event.currentTarget.value)}
        />
        <span class="chat-search-key" aria-hidden="true">
          <kbd>/</kbd>
        </span>
      </div>
      <div class="chat-list-rows">
        <Rows list={list} openId={openId} onOpen={onOpen} onDelete={onDelete} />
      </div>
      {deletion.deleted && <UndoBar key={deletion.deleted.id} deleted={deletion.deleted} onUndo={onUndo} />}
    </nav>
  )
}

type RowsProps = Pick<ConversationListProps, 'list' | 'openId' | 'onOpen' | 'onDelete'>

function Rows({ list, openId, onOpen, onDelete }: RowsProps) {
  const t = useTranslate()
  const locale = useLocale()
  const rows = list.state.rows.filter((row) => !list.state.hidden.has(row.id))
  if (list.problem && rows.length === 0) return <ErrorState problem={list.problem} onRetry={list.retry} compact />
  if (list.loading && rows.length === 0) return <Skeleton lines={7} />
  if (rows.length === 0) {
    const searched = list.search.trim()
    return searched ? (
      <p class="chat-list-none">{t('chat.search-none', { search: searched })}</p>
    ) : (
      <EmptyState icon="chat" title={t('chat.list-empty')} compact />
    )
  }
  return (
    <>
      {groupByDay(rows, Date.now()).map((group) => (
        <section key={nameOfGroup(group, locale, t)} class="chat-day">
          <h2 class="chat-day-name">{nameOfGroup(group, locale, t)}</h2>
          <ul role="list">
            {group.rows.map((row) => (
              <ConversationRow
                key={row.id}
                row={row}
                open={row.id === openId}
                onOpen={onOpen}
                onRename={list.rename}
                onDelete={onDelete}
              />
            ))}
          </ul>
        </section>
      ))}
      <LoadMore cursor={list.state.cursor} busy={list.loadingMore} onMore={list.loadMore} />
    </>
  )
}

const namesOfDays = { today: 'chat.today', yesterday: 'chat.yesterday', week: 'chat.past-week' } as const

function nameOfGroup(group: DayGroup, locale: Locale, t: Translate): string {
  if (group.kind !== 'month') return t(namesOfDays[group.kind])
  return new Intl.DateTimeFormat(intlLocale(locale), { month: 'long', year: 'numeric', calendar: 'gregory' }).format(
    group.at,
  )
}

function UndoBar({ deleted, onUndo }: { deleted: Conversation; onUndo: (conversation: Conversation) => void }) {
  const t = useTranslate()
  const button = useRef<HTMLButtonElement>(null)
  const [announced, setAnnounced] = useState(false)
  useEffect(() => {
    // The row that had the focus is gone.
    button.current?.focus()
    setAnnounced(true)
  }, [])
  return (
    <div class="chat-undo">
      <span role="status" dir="auto">
        {announced ? t('chat.deleted', { title: deleted.title || t('chat.untitled') }) : ''}
      </span>
      <Button buttonRef={button} size="sm" onClick={() => onUndo(deleted)}>
        {t('chat.undo')}
      </Button>
    </div>
  )
}
