// What is shown, and what was heard of it. Pure.
import type { LibraryItem } from '#shared/contracts/library'
import type { Page } from '../../api/pages-state.ts'
import { isNarrowed, type Filters } from './item-filters.ts'

const isBefore = (a: LibraryItem, b: LibraryItem, order: Filters['order']): boolean => {
  const newer = a.created_at === b.created_at ? a.id > b.id : a.created_at > b.created_at
  return order === 'newest' ? newer : !newer
}

/** Whether a view shows an item; null where only the platform can tell. */
export function belongs(item: LibraryItem, filters: Filters): boolean | null {
  if ((item.deleted_at !== null) !== (filters.view === 'deleted')) return false
  if (filters.view === 'favourites' && !item.favourite) return false
  if (filters.view === 'shared' && item.share === null && item.visibility === 'private') return false
  if (filters.collection !== '' && !item.collection_ids.includes(filters.collection)) return false
  return isNarrowed(filters) || filters.view === 'shared' ? null : true
}

/** An item as it is now: in its place, gone from it, or at the place where it belongs. */
export function withItem(items: LibraryItem[], item: LibraryItem, filters: Filters): LibraryItem[] {
  const isShown = items.some(({ id }) => id === item.id)
  const verdict = belongs(item, filters)
  if (verdict === false) return isShown ? items.filter(({ id }) => id !== item.id) : items
  if (isShown) return items.map((known) => (known.id === item.id ? item : known))
  if (verdict === null) return items
  const at = items.findIndex((known) => isBefore(item, known, filters.order))
  // Further down than what is loaded: it comes with its page.
  if (at === -1) return items.length === 0 ? [item] : items
  return [...items.slice(0, at), item, ...items.slice(at)]
}

/** After a gap: the first page as it is now, and of what was loaded below it whatever lies below it still. */
export function withFirstPage(items: LibraryItem[], page: Page<LibraryItem>, order: Filters['order']): LibraryItem[] {
  const last = page.data.at(-1)
  if (!last || page.next_cursor === null) return page.data
  const fresh = new Set(page.data.map(({ id }) => id))
  return [...page.data, ...items.filter((item) => !fresh.has(item.id) && isBefore(last, item, order))]
}
