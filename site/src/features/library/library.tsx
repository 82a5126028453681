import { useEffect, useRef } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import type { BulkAction, LibraryItem } from '#shared/contracts/library'
import { account, accountProblem, loadAccount, may } from '../../api/account.ts'
import { toApiProblem } from '../../api/api-problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Icon } from '../../ui/icon.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toast } from '../../ui/toasts.ts'
import { useAlive } from '../../ui/use-alive.ts'
import { CollectionHead, Collections } from './collections.tsx'
import { FilterBar } from './filter-bar.tsx'
import { isNarrowed, noFilters } from './item-filters.ts'
import { changeItem, getFacets, getStorage, listCollections } from './library-calls.ts'
import { LibraryViews } from './library-views.tsx'
import { OpenItem } from './open-item.tsx'
import { Shelf } from './shelf.tsx'
import { StorageMeter, StorageNote } from './storage-meter.tsx'
import { UploadButton, UploadList, useDroppedFiles, useUploads } from './uploads.tsx'
import { useBulk } from './use-bulk.ts'
import { useItems } from './use-items.ts'
import { useLibraryAddress } from './use-library-address.ts'
import './library.css'

function Library() {
  const t = useTranslate()
  useEffect(() => void loadAccount(), [])
  const known = account.value
  // What was sent and what wakes are the same; who is asking may be known before this part is alive.
  const isRefused = useAlive() && known !== null && !may('library.use')
  return (
    <div class="stack library">
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {isRefused && known ? (
        <>
          <Head />
          <Note>{t('library.forbidden', { role: t(`role.${known.organization.role}`) })}</Note>
        </>
      ) : (
        <Shelves />
      )}
    </div>
  )
}

function Head({ children }: { children?: ComponentChildren }) {
  const t = useTranslate()
  return (
    <header class="page-head">
      <div>
        <h1>{t('library.title')}</h1>
        <p>{t('library.intro')}</p>
      </div>
      {children}
    </header>
  )
}

/** Nothing here waits for the account: the session says whose library it is, and the pictures are wanted at once. */
function Shelves() {
  const t = useTranslate()
  const locale = useLocale()
  const address = useLibraryAddress()
  const filters = address.filters ?? noFilters
  const alive = address.filters !== null
  const storage = useResource(alive ? 'storage' : null, getStorage)
  const facets = useResource(alive ? 'facets' : null, getFacets)
  const collections = useResource(alive ? 'collections' : null, listCollections)
  const items = useItems(address.filters, (used, quota) =>
    storage.replace((known) => ({ ...known, used_bytes: used, quota_bytes: quota })),
  )
  const afterChange = (action: BulkAction) => {
    if (action === 'delete' || action === 'restore' || action === 'erase') storage.reload()
    if (action !== 'favourite' && action !== 'unfavourite') collections.reload()
  }
  const bulk = useBulk(items, afterChange)
  const uploads = useUploads((item) => {
    items.put(item)
    storage.reload()
    if (item.collection_ids.length > 0) collections.reload()
  })
  const upload = (files: File[]) => {
    if (files.length === 0) return
    uploads.queue.add(files, filters.collection === '' ? null : filters.collection)
    if (filters.view === 'deleted') address.show(noFilters)
  }
  const filesAbove = useDroppedFiles(upload)
  const favourite = (item: LibraryItem) => {
    const wanted = { ...item, favourite: !item.favourite }
    items.put(wanted)
    changeItem(item.id, { favourite: wanted.favourite }).catch((error: unknown) => {
      items.put(item)
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
    })
  }
  const view = useOpening(address)
  const collection = collections.data?.find(({ id }) => id === filters.collection) ?? null
  const isOverview = filters.view === 'collections' && filters.collection === ''
  // The page was drawn as the plain library. Another view is another part, and not the same one moved.
  const began = useRef<string | null>(null)
  if (alive) began.current ??= isNarrowed(filters) ? 'narrowed' : ''
  return (
    <>
      <Head>
        <div class="library-head-tools">
          <StorageMeter storage={storage.data} />
          <UploadButton onFiles={upload} />
        </div>
      </Head>
      <StorageNote storage={storage.data} onShowDeleted={() => address.show({ ...noFilters, view: 'deleted' })} />
      <UploadList {...uploads} />
      <LibraryViews current={filters.view} onShow={address.show} />
      <div key={`${began.current ?? ''}${filters.view}${filters.collection}`} class="stack">
        {filters.view === 'deleted' && <p class="small muted">{t('library.deleted-text')}</p>}
        {filters.collection !== '' && !collection && <div class="library-collection-head" />}
        {collection && (
          <CollectionHead
            collection={collection}
            onChanged={(changed) =>
              collections.replace((all) => all.map((each) => (each.id === changed.id ? changed : each)))
            }
            onDeleted={() => {
              collections.replace((all) => all.filter(({ id }) => id !== collection.id))
              address.show({ ...noFilters, view: 'collections' }, 'replace')
            }}
            onBack={() => address.show({ ...noFilters, view: 'collections' })}
          />
        )}
        {isOverview ? (
          <Collections
            collections={collections}
            onOpen={(id) => address.show({ ...noFilters, view: 'collections', collection: id })}
          />
        ) : (
          <>
            <FilterBar
              filters={filters}
              models={(facets.data?.models ?? []).map(({ value }) => value)}
              tags={(facets.data?.tags ?? []).map(({ value }) => value)}
              onChange={address.show}
            />
            <Shelf
              filters={filters}
              items={items}
              bulk={bulk}
              collections={collections.data ?? []}
              onShow={address.show}
              onOpen={(item) => view.open(item.id)}
              onFavourite={favourite}
              onFiles={upload}
            />
          </>
        )}
      </div>
      <OpenItem
        itemId={address.itemId}
        items={items.items ?? []}
        onOpen={view.step}
        onClose={view.close}
        onChanged={(item) => {
          items.put(item)
          collections.reload()
        }}
        onGone={(id) => {
          items.drop([id])
          storage.reload()
          collections.reload()
        }}
      />
      {filesAbove && (
        <div class="library-drop" aria-hidden="true">
          <p>
            <Icon name="upload" size={32} />
            {t('library.drop')}
          </p>
        </div>
      )}
    </>
  )
}

/** A picture that was opened here is closed by going back, so that Back does not open it again. */
function useOpening(address: ReturnType<typeof useLibraryAddress>) {
  const pushed = useRef(false)
  return {
    open: (id: string) => {
      pushed.current = true
      address.open(id)
    },
    step: (id: string) => address.open(id, 'replace'),
    close: () => {
      if (pushed.current && address.itemId !== null) window.history.back()
      else address.open(null, 'replace')
      pushed.current = false
    },
  }
}

export const LibraryIsland = island(Library)
