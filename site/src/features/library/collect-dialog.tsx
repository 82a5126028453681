import { useState } from 'preact/hooks'
import type { Collection } from '#shared/contracts/library'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { createCollection } from './library-calls.ts'

interface CollectDialogProps {
  open: boolean
  collections: readonly Collection[]
  onClose: () => void
  /** Into one that is there, or was made just now. */
  onCollect: (collection: Collection) => Promise<unknown>
}

export const COLLECTION_NAME_MAX = 100

/** Where to put what is chosen: into a collection that is there, or into a new one. */
export function CollectDialog({ open, collections, onClose, onCollect }: CollectDialogProps) {
  const t = useTranslate()
  const [name, setName] = useState('')
  const put = useAction(async (collection: Collection | null) => {
    await onCollect(collection ?? (await createCollection(name.trim())))
    setName('')
    onClose()
  })
  const submit = (event: Event) => {
    event.preventDefault()
    if (name.trim() !== '') void put.run(null)
  }
  return (
    <Dialog open={open} onClose={onClose} title={t('library.collect-title')} size="sm">
      <div class="stack">
        {collections.length > 0 && (
          <ul class="library-choices" role="list">
            {collections.map((collection) => (
              <li key={collection.id}>
                <button type="button" class="menu-item" disabled={put.running} onClick={() => void put.run(collection)}>
                  <Icon name="collection" size={18} />
                  <span class="menu-label">
                    <bdi>{collection.name}</bdi>
                    <span class="menu-detail">{t('library.count', { count: collection.item_count })}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <form class="stack" onSubmit={submit}>
          <Field label={t('library.new-collection')} value={name} onInput={setName} maxLength={COLLECTION_NAME_MAX} />
          {put.problem && <ProblemNote problem={put.problem} />}
          <div class="dialog-foot">
            <Button onClick={onClose}>{t('ui.cancel')}</Button>
            <Button type="submit" variant="primary" busy={put.running} disabled={name.trim() === ''}>
              {t('library.collect-new')}
            </Button>
          </div>
        </form>
      </div>
    </Dialog>
  )
}
