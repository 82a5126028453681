import { useState } from 'preact/hooks'
import type { Collection } from '#shared/contracts/library'
import { useAction } from '../../api/use-action.ts'
import type { Resource } from '../../api/use-resource.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Menu } from '../../ui/menu.tsx'
import { toast } from '../../ui/toasts.ts'
import { CollectionNameDialog } from './collection-name-dialog.tsx'
import { noFilters, searchOf } from './item-filters.ts'
import { archive, deleteCollection, fileAddress } from './library-calls.ts'

interface CollectionsProps {
  collections: Resource<Collection[]>
  onOpen: (id: string) => void
}

/** All of them, each with its cover. */
export function Collections({ collections, onOpen }: CollectionsProps) {
  const t = useTranslate()
  const [naming, setNaming] = useState(false)
  const { data, problem, reload } = collections
  const make = (
    <Button icon="plus" onClick={() => setNaming(true)}>
      {t('library.new-collection')}
    </Button>
  )
  if (!data) return problem ? <ErrorState problem={problem} onRetry={reload} compact /> : <div class="library-room" />
  return (
    <>
      {data.length === 0 ? (
        <EmptyState
          icon="collection"
          title={t('library.no-collections-title')}
          text={t('library.no-collections-text')}
          action={make}
        />
      ) : (
        <>
          <div class="cluster">{make}</div>
          <ul class="library-collections" role="list" aria-label={t('library.view-collections')}>
            {data.map((collection) => (
              <CollectionCard key={collection.id} collection={collection} onOpen={onOpen} />
            ))}
          </ul>
        </>
      )}
      <CollectionNameDialog
        open={naming}
        collection={null}
        onClose={() => setNaming(false)}
        onSaved={(made) => collections.replace((all) => [made, ...all.filter(({ id }) => id !== made.id)])}
      />
    </>
  )
}

function CollectionCard({ collection, onOpen }: { collection: Collection; onOpen: (id: string) => void }) {
  const t = useTranslate()
  const { id, name, item_count: count, cover_item_id: cover } = collection
  return (
    <li>
      <a
        class="library-collection"
        href={searchOf({ ...noFilters, view: 'collections', collection: id })}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          onOpen(id)
        }}
      >
        <span class="library-cover">
          {cover === null ? (
            <Icon name="collection" size={32} />
          ) : (
            <img src={fileAddress(cover, { rendition: 'thumbnail' })} alt="" loading="lazy" decoding="async" />
          )}
        </span>
        <span class="library-collection-name">
          <bdi>{name}</bdi>
        </span>
        <span class="small muted">{t('library.count', { count })}</span>
      </a>
    </li>
  )
}

interface CollectionHeadProps {
  collection: Collection
  onChanged: (collection: Collection) => void
  onDeleted: () => void
  onBack: () => void
}

/** Above the pictures of one. */
export function CollectionHead({ collection, onChanged, onDeleted, onBack }: CollectionHeadProps) {
  const t = useTranslate()
  const [renaming, setRenaming] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const remove = useAction(async () => {
    await deleteCollection(collection.id)
    toast({ text: t('library.collection-deleted') })
    onDeleted()
  })
  const download = useAction(async () => {
    const { url } = await archive({ collection_id: collection.id })
    window.location.assign(url)
  })
  return (
    <div class="library-collection-head">
      <Button variant="ghost" iconOnly icon="chevron-backward" onClick={onBack}>
        {t('library.all-collections')}
      </Button>
      <h2>
        <bdi>{collection.name}</bdi>
      </h2>
      <span class="small muted">{t('library.count', { count: collection.item_count })}</span>
      <Menu
        label={t('library.collection-actions')}
        icon="more"
        iconOnly
        items={[
          { label: t('library.rename-collection'), icon: 'edit', onSelect: () => setRenaming(true) },
          {
            label: t('library.download-collection'),
            icon: 'download',
            onSelect: () => void download.run(),
            disabled: collection.item_count === 0,
          },
          { separator: true },
          { label: t('library.delete-collection'), icon: 'trash', danger: true, onSelect: () => setDeleting(true) },
        ]}
      />
      <CollectionNameDialog
        open={renaming}
        collection={collection}
        onClose={() => setRenaming(false)}
        onSaved={onChanged}
      />
      <ConfirmDialog
        open={deleting}
        onClose={() => setDeleting(false)}
        onConfirm={() => void remove.run()}
        title={t('library.delete-collection-title', { name: collection.name })}
        description={t('library.delete-collection-text')}
        confirmLabel={t('library.delete-collection')}
        danger
        busy={remove.running}
        problem={remove.problem}
      />
    </div>
  )
}
