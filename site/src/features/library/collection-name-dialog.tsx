import { useEffect, useState } from 'preact/hooks'
import type { Collection } from '#shared/contracts/library'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { COLLECTION_NAME_MAX } from './collect-dialog.tsx'
import { createCollection, renameCollection } from './library-calls.ts'

interface CollectionNameDialogProps {
  open: boolean
  /** The one that is renamed; null for a new one. */
  collection: Collection | null
  onClose: () => void
  onSaved: (collection: Collection) => void
}

export function CollectionNameDialog({ open, collection, onClose, onSaved }: CollectionNameDialogProps) {
  const t = useTranslate()
  const [name, setName] = useState('')
  useEffect(() => {
    if (open) setName(collection?.name ?? '')
  }, [open, collection?.id])
  const save = useAction(async () => {
    const wanted = name.trim()
    onSaved(collection ? await renameCollection(collection.id, wanted) : await createCollection(wanted))
    onClose()
  })
  const submit = (event: Event) => {
    event.preventDefault()
    if (name.trim() !== '') void save.run()
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      size="sm"
      title={t(collection ? 'library.rename-collection' : 'library.new-collection')}
    >
      <form class="stack" onSubmit={submit}>
        <Field label={t('library.collection-name')} value={name} onInput={setName} maxLength={COLLECTION_NAME_MAX} />
        {save.problem && <ProblemNote problem={save.problem} />}
        <div class="dialog-foot">
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" busy={save.running} disabled={name.trim() === ''}>
            {t('ui.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
