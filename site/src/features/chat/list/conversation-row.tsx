import { useEffect, useRef, useState } from 'preact/hooks'
import type { Conversation } from '#shared/contracts/conversation'
import { toApiProblem } from '../../../api/api-problem.ts'
import { classNames } from '../../../ui/class-names.ts'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { problemSentence } from '../../../ui/problem-sentence.ts'
import { toast } from '../../../ui/toasts.ts'
import { chatPath } from '../chat-address.ts'
import { blockDirection } from '../direction/block-direction.ts'
import { pageDirection } from '../direction/page-direction.ts'
import { memo } from '../../../ui/memo.ts'

export interface ConversationRowProps {
  row: Conversation
  open: boolean
  onOpen: (id: string) => void
  onRename: (id: string, title: string) => Promise<void>
  onDelete: (conversation: Conversation) => void
}

export const ConversationRow = memo(function ConversationRow({
  row,
  open,
  onOpen,
  onRename,
  onDelete,
}: ConversationRowProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [renaming, setRenaming] = useState(false)
  const link = useRef<HTMLAnchorElement>(null)
  const title = row.title || t('chat.untitled')

  const endRenaming = async (next: string | null) => {
    setRenaming(false)
    requestAnimationFrame(() => link.current?.focus())
    if (!next || next === row.title) return
    try {
      await onRename(row.id, next)
    } catch (error) {
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
    }
  }
  if (renaming) {
    return (
      <li>
        <TitleField title={row.title} onDone={(next) => void endRenaming(next)} />
      </li>
    )
  }
  return (
    <li class={classNames('chat-row', open && 'is-open')}>
      <a
        ref={link}
        class="chat-row-link"
        href={chatPath(locale, row.id)}
        aria-current={open ? 'page' : undefined}
        title={title}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
          event.preventDefault()
          onOpen(row.id)
        }}
      >
        {row.running && (
          <span class="chat-row-running" role="img" aria-label={t('chat.running')} title={t('chat.running')} />
        )}
        <span class="chat-row-title" dir={blockDirection({ text: title, fallback: pageDirection(locale) })}>
          {title}
        </span>
      </a>
      <Menu
        label={t('chat.row-actions', { title })}
        icon="more"
        iconOnly
        size="sm"
        class="chat-row-menu"
        items={[
          { label: t('chat.rename'), icon: 'edit', onSelect: () => setRenaming(true) },
          { label: t('ui.delete'), icon: 'trash', danger: true, onSelect: () => onDelete(row) },
        ]}
      />
    </li>
  )
})

/** Enter keeps the new title, Escape the old one; leaving the field keeps what was typed. */
function TitleField({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const t = useTranslate()
  const [text, setText] = useState(title)
  const input = useRef<HTMLInputElement>(null)
  const done = useRef(false)
  useEffect(() => {
    input.current?.focus()
    input.current?.select()
  }, [])
  const end = (next: string | null) => {
    if (done.current) return
    done.current = true
    onDone(next)
  }
  return (
    <input
      ref={input}
      class="input chat-rename"
      dir="auto"
      maxLength={200}
      value={text}
      aria-label={t('chat.rename-label')}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={() => end(text.trim())}
      onKeyDown={(event) => {
        if (event.isComposing) return
        if (event.key === 'Enter') end(text.trim())
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        end(null)
      }}
    />
  )
}
