import { useEffect, useRef, useState } from 'preact/hooks'
import type { BulkAction, Collection, LibraryItem } from '#shared/contracts/library'
import { useAction } from '../../api/use-action.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { CollectDialog } from './collect-dialog.tsx'
import { widened } from './item-filters.ts'
import type { Filters } from './item-filters.ts'
import { ItemGrid } from './item-grid.tsx'
import { archive } from './library-calls.ts'
import { NothingHere } from './nothing-here.tsx'
import { everything, nothing, within } from './selection.ts'
import type { Selection } from './selection.ts'
import type { Bulk } from './use-bulk.ts'
import type { Items } from './use-items.ts'

interface ShelfProps {
  filters: Filters
  items: Items
  bulk: Bulk
  collections: readonly Collection[]
  onShow: (filters: Filters) => void
  onOpen: (item: LibraryItem) => void
  onFavourite: (item: LibraryItem) => void
  onFiles: (files: File[]) => void
}

/** The pictures of a view, and what can be done with several of them. */
export function Shelf({ filters, items, bulk, collections, onShow, onOpen, onFavourite, onFiles }: ShelfProps) {
  const { items: shown, problem, loading } = items
  const [chosen, setSelection] = useState<Selection>(nothing)
  const selection = shown
    ? within(
        chosen,
        shown.map(({ id }) => id),
      )
    : nothing
  useEffect(() => setSelection(nothing), [filters])
  const act = async (ids: string[], action: BulkAction, collectionId?: string) => {
    const worked = await bulk.act(ids, action, collectionId)
    if (worked && action !== 'favourite' && action !== 'unfavourite') setSelection(nothing)
    return worked
  }
  if (shown === null) return problem ? <ErrorState problem={problem} onRetry={items.reload} compact /> : <GhostGrid />
  if (shown.length === 0 && loading === null && !problem)
    return <NothingHere filters={filters} onClear={() => onShow(widened(filters))} onFiles={onFiles} />
  return (
    <>
      <ItemGrid
        items={shown}
        waiting={loading === 'first'}
        selection={selection}
        onSelect={setSelection}
        onOpen={onOpen}
        onFavourite={onFavourite}
        onDelete={(ids) => {
          if (filters.view !== 'deleted') void act(ids, 'delete')
        }}
      />
      {problem && <ErrorState problem={problem} onRetry={items.nextCursor ? items.loadMore : items.reload} compact />}
      {!problem && <More items={items} />}
      <Chosen
        items={shown}
        selection={selection}
        filters={filters}
        busy={bulk.busy}
        collections={collections}
        act={act}
        onSelect={setSelection}
      />
    </>
  )
}

interface ChosenProps {
  items: LibraryItem[]
  selection: Selection
  filters: Filters
  busy: boolean
  collections: readonly Collection[]
  act: (ids: string[], action: BulkAction, collectionId?: string) => Promise<boolean>
  onSelect: (selection: Selection) => void
}

function Chosen({ items, selection, filters, busy, collections, act, onSelect }: ChosenProps) {
  const t = useTranslate()
  const [asking, setAsking] = useState<'collect' | 'erase' | null>(null)
  const ids = [...selection.ids]
  const chosen = items.filter(({ id }) => selection.ids.has(id))
  const download = useAction(async () => {
    const { url } = await archive({ ids })
    window.location.assign(url)
  })
  const inCollection = filters.collection
  return (
    <>
      <BulkBar
        count={ids.length}
        deleted={filters.view === 'deleted'}
        allFavourite={chosen.every(({ favourite }) => favourite)}
        allShown={chosen.every(({ visibility }) => visibility === 'organization')}
        inCollection={inCollection !== ''}
        busy={busy || download.running}
        onAct={(action) => void act(ids, action, action === 'uncollect' ? inCollection : undefined)}
        onCollect={() => setAsking('collect')}
        onDownload={() => void download.run()}
        onErase={() => setAsking('erase')}
        onSelectAll={() => onSelect(everything(items.map(({ id }) => id)))}
        onClear={() => onSelect(nothing)}
      />
      {download.problem && <ErrorState problem={download.problem} onRetry={() => void download.run()} compact />}
      <CollectDialog
        open={asking === 'collect'}
        collections={collections}
        onClose={() => setAsking(null)}
        onCollect={(collection) => act(ids, 'collect', collection.id)}
      />
      <ConfirmDialog
        open={asking === 'erase'}
        onClose={() => setAsking(null)}
        onConfirm={() => void act(ids, 'erase').then(() => setAsking(null))}
        title={t('library.erase-title', { count: ids.length })}
        description={t('library.erase-text')}
        confirmLabel={t('library.erase')}
        danger
        busy={busy}
      />
    </>
  )
}

/** The next page comes by itself before its place is reached; the button is for whoever has no wheel to turn. */
function More({ items }: { items: Items }) {
  const place = useRef<HTMLDivElement>(null)
  const { nextCursor, loading, loadMore } = items
  useEffect(() => {
    if (!place.current || nextCursor === null) return
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) loadMore()
      },
      { rootMargin: '900px' },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [nextCursor, loadMore])
  return (
    <div ref={place}>
      <LoadMore cursor={nextCursor} busy={loading === 'more'} onMore={loadMore} />
    </div>
  )
}

const GHOSTS = 15

/** Stands where the pictures will be, as high as they will be. */
function GhostGrid() {
  const t = useTranslate()
  return (
    <div role="status">
      <span class="visually-hidden">{t('ui.loading')}</span>
      <ul class="library-grid" role="list" aria-hidden="true">
        {Array.from({ length: GHOSTS }, (_, index) => (
          <li key={index} class="library-cell library-ghost" />
        ))}
      </ul>
    </div>
  )
}
