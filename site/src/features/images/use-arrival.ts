import { useEffect, useRef } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { getItem } from '../library/library-calls.ts'
import { itemForImages } from '../library/send-to.ts'
import type { WayIntoImages } from '../library/send-to.ts'

/** Opened from elsewhere with a picture: it is put where it belongs, once, and the address is the page's own again. */
export function useArrival(
  onItem: (way: WayIntoImages, item: LibraryItem) => void,
  onFailed: (error: unknown) => void,
) {
  const latest = useRef({ onItem, onFailed })
  latest.current = { onItem, onFailed }
  useEffect(() => {
    const asked = itemForImages(window.location.search)
    if (!asked) return
    window.history.replaceState(window.history.state, '', window.location.pathname)
    getItem(asked.itemId).then(
      (item) => latest.current.onItem(asked.way, item),
      (error: unknown) => latest.current.onFailed(error),
    )
  }, [])
}
