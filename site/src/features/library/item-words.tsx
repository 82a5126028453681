import { useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { changeItem } from './library-calls.ts'
import { readTags, typedTags } from './read-tags.ts'

const TITLE_MAX = 200

/** Its title and tags; whose it is may change them. */
export function ItemWords({ item, onChanged }: { item: LibraryItem; onChanged: (item: LibraryItem) => void }) {
  const t = useTranslate()
  const [editing, setEditing] = useState(false)
  if (editing) return <WordsForm item={item} onChanged={onChanged} onDone={() => setEditing(false)} />
  return (
    <div class="item-words">
      <h2 dir="auto">{item.title || t('library.untitled')}</h2>
      {item.tags.length > 0 && (
        <ul class="item-tags" role="list" aria-label={t('library.tags')}>
          {item.tags.map((tag) => (
            <li key={tag} class="badge">
              <bdi>{tag}</bdi>
            </li>
          ))}
        </ul>
      )}
      {item.mine && item.deleted_at === null && (
        <Button size="sm" variant="ghost" icon="edit" onClick={() => setEditing(true)}>
          {t('library.edit-words')}
        </Button>
      )}
    </div>
  )
}

interface WordsFormProps {
  item: LibraryItem
  onChanged: (item: LibraryItem) => void
  onDone: () => void
}

function WordsForm({ item, onChanged, onDone }: WordsFormProps) {
  const t = useTranslate()
  const [title, setTitle] = useState(item.title)
  const [tags, setTags] = useState(typedTags(item.tags))
  const read = readTags(tags)
  const save = useAction(async () => {
    onChanged(await changeItem(item.id, { title: title.trim(), tags: read.tags }))
    onDone()
  })
  const ready = title.trim() !== '' && read.fault === null
  const submit = (event: Event) => {
    event.preventDefault()
    if (ready) void save.run()
  }
  return (
    <form class="stack item-words" onSubmit={submit}>
      <Field label={t('library.title-label')} value={title} onInput={setTitle} maxLength={TITLE_MAX} />
      <Field
        label={t('library.tags')}
        hint={t('library.tags-hint')}
        value={tags}
        onInput={setTags}
        error={read.fault && t(`library.tags-${read.fault}`)}
      />
      {save.problem && <ProblemNote problem={save.problem} />}
      <div class="cluster">
        <Button type="submit" size="sm" variant="primary" busy={save.running} disabled={!ready}>
          {t('ui.save')}
        </Button>
        <Button size="sm" onClick={onDone}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  )
}
