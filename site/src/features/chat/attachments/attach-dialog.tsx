import { useEffect, useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { usePages } from '../../../api/use-pages.ts'
import { localized } from '../../../i18n/paths.ts'
import { Button, LinkButton } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Field } from '../../../ui/field.tsx'
import { LoadMore } from '../../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { ItemPicture } from '../../library/item-picture.tsx'
import { listItems } from '../../library/library-calls.ts'
import { attachedWith, MOST_ATTACHED } from './kept-attachments.ts'

export interface AttachDialogProps {
  open: boolean
  ids: readonly string[]
  onClose: () => void
  onAttach: (ids: string[]) => void
}

/** Default export, because it is fetched when it is first wanted. */
export default function AttachDialog({ open, ids, onClose, onAttach }: AttachDialogProps) {
  const t = useTranslate()
  const [chosen, setChosen] = useState<readonly string[]>(ids)
  useEffect(() => {
    if (open) setChosen(ids)
  }, [open])
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('chat.attach-title')}
      description={t('chat.attach-text', { count: MOST_ATTACHED })}
      size="lg"
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            onClick={() => {
              onAttach([...chosen])
              onClose()
            }}
          >
            {t('chat.attach-chosen', { count: chosen.length })}
          </Button>
        </>
      }
    >
      <Shelf chosen={chosen} onChange={setChosen} />
    </Dialog>
  )
}

function Shelf({ chosen, onChange }: { chosen: readonly string[]; onChange: (ids: string[]) => void }) {
  const t = useTranslate()
  const locale = useLocale()
  const [q, setQ] = useState('')
  const pages = usePages<LibraryItem>({
    key: `attach-${q}`,
    load: (place) => listItems({ kind: 'image', ...(q.trim() !== '' && { q: q.trim() }) }, place),
    idOf: ({ id }) => id,
    keepShown: true,
  })
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : attachedWith(chosen, [id]))
  const { items, problem } = pages
  return (
    <div class="stack">
      <Field
        label={t('library.search-label')}
        labelHidden
        type="search"
        value={q}
        onInput={setQ}
        placeholder={t('library.search-placeholder')}
        autocomplete="off"
        maxLength={200}
      />
      {items === null &&
        (problem ? <ErrorState problem={problem} onRetry={pages.reload} compact /> : <Skeleton lines={6} />)}
      {items?.length === 0 && (
        <EmptyState
          compact
          icon="library"
          title={t(q === '' ? 'library.empty-title' : 'library.none-title')}
          action={
            <LinkButton href={localized(locale, '/images')} icon="images">
              {t('library.make-one')}
            </LinkButton>
          }
        />
      )}
      {items && items.length > 0 && (
        <ul class="chat-attach-grid" role="list">
          {items.map((item) => (
            <li key={item.id}>
              <button
                type="button"
                class="chat-attach-choice"
                aria-pressed={chosen.includes(item.id)}
                disabled={chosen.length >= MOST_ATTACHED && !chosen.includes(item.id)}
                onClick={() => toggle(item.id)}
              >
                <ItemPicture item={item} alt={item.title || t('library.untitled')} shape="square" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
    </div>
  )
}
