import { useCallback, useEffect, useState } from 'preact/hooks'
import { filtersIn, searchOf } from './item-filters.ts'
import type { Filters } from './item-filters.ts'

export interface LibraryAddress {
  /** Null until the page is alive: it was drawn before anybody asked for it. */
  filters: Filters | null
  itemId: string | null
  /** `replace`: what is typed letter by letter is one step back, not many. */
  show: (filters: Filters, how?: 'push' | 'replace') => void
  open: (itemId: string | null, how?: 'push' | 'replace') => void
}

const itemIn = (search: string): string | null => {
  const id = new URLSearchParams(search).get('item') ?? ''
  return /^[\w-]{1,64}$/.test(id) ? id : null
}

function addressOf(filters: Filters, itemId: string | null): string {
  const search = searchOf(filters)
  if (itemId === null) return `${window.location.pathname}${search}`
  return `${window.location.pathname}${search === '' ? '?' : `${search}&`}item=${encodeURIComponent(itemId)}`
}

/** What is shown is in the address: it can be reloaded and gone back from, and Back closes a picture. */
export function useLibraryAddress(): LibraryAddress {
  const [place, setPlace] = useState<{ filters: Filters; itemId: string | null } | null>(null)
  useEffect(() => {
    const read = () => setPlace({ filters: filtersIn(window.location.search), itemId: itemIn(window.location.search) })
    read()
    window.addEventListener('popstate', read)
    return () => window.removeEventListener('popstate', read)
  }, [])
  const go = useCallback((filters: Filters, itemId: string | null, how: 'push' | 'replace') => {
    const address = addressOf(filters, itemId)
    if (how === 'push') window.history.pushState(null, '', address)
    else window.history.replaceState(null, '', address)
    setPlace({ filters, itemId })
  }, [])
  return {
    filters: place?.filters ?? null,
    itemId: place?.itemId ?? null,
    show: (filters, how = 'push') => go(filters, null, how),
    open: (itemId, how = 'push') => place && go(place.filters, itemId, how),
  }
}
