import { useRef } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import type { Pages } from '../../api/use-pages.ts'
import { usePages } from '../../api/use-pages.ts'
import { useFeed } from '../feed/use-feed.ts'
import { noFilters, toQuery } from './item-filters.ts'
import type { Filters } from './item-filters.ts'
import { listItems } from './library-calls.ts'
import { belongs, withFirstPage, withItem } from './merge-items.ts'

export interface Items extends Pages<LibraryItem> {
  /** An item as it is now, wherever it belongs in what is shown. */
  put: (item: LibraryItem) => void
  drop: (ids: readonly string[]) => void
  /** Asks again without losing what was loaded further down. */
  refresh: () => void
}

/** The items that a view shows, kept up with what happens to them elsewhere. Null filters wait. */
export function useItems(filters: Filters | null, onStorage: (used: number, quota: number | null) => void): Items {
  const shown = filters ?? noFilters
  const isList = filters !== null && (filters.view !== 'collections' || filters.collection !== '')
  const load = (cursor: string | null, signal: AbortSignal) => listItems(toQuery(shown, Date.now()), { cursor, signal })
  const pages = usePages<LibraryItem>({
    key: isList ? `items-${JSON.stringify(filters)}` : null,
    load: ({ cursor, signal }) => load(cursor, signal),
    idOf: ({ id }) => id,
    keepShown: true,
  })
  const latest = useRef({ shown, load })
  latest.current = { shown, load }

  const refresh = () => {
    const asked = latest.current.shown
    load(null, new AbortController().signal).then(
      (page) => {
        if (latest.current.shown === asked) pages.replace((items) => withFirstPage(items, page, asked.order))
      },
      // What is on the page stays as it is; the next notice asks again.
      () => undefined,
    )
  }
  const put = (item: LibraryItem) => pages.replace((items) => withItem(items, item, latest.current.shown))
  const drop = (ids: readonly string[]) =>
    pages.replace((items) =>
      items.some(({ id }) => ids.includes(id)) ? items.filter(({ id }) => !ids.includes(id)) : items,
    )

  useFeed((notice) => {
    if (notice.type === 'item') {
      const isShown = pages.items?.some(({ id }) => id === notice.item.id)
      if (belongs(notice.item, shown) === null && !isShown) refresh()
      else put(notice.item)
    }
    if (notice.type === 'item.gone') drop([notice.id])
    if (notice.type === 'gap' && isList) refresh()
    if (notice.type === 'storage') onStorage(notice.used_bytes, notice.quota_bytes)
  })
  return { ...pages, put, drop, refresh }
}
