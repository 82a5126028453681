import { useEffect, useState } from 'preact/hooks'
import { itemsForChat } from '../../library/send-to.ts'
import { attachedWith, keepAttached, readAttached } from './kept-attachments.ts'

export interface Attached {
  ids: readonly string[]
  set: (ids: readonly string[]) => void
  /** They are on their way: gone from the field, and kept until they have arrived. */
  take: () => string[]
  arrived: () => void
}

/** Pictures for the next message: those of the address that opened the page, and those that were chosen on it. */
export function useAttached(): Attached {
  const [ids, setIds] = useState<readonly string[]>([])
  useEffect(() => {
    const { pathname, search, hash } = window.location
    const sent = itemsForChat(search)
    const all = attachedWith(readAttached(), sent)
    if (sent.length > 0) {
      const rest = new URLSearchParams(search)
      rest.delete('attach')
      const text = rest.toString()
      // Once: a reload must not attach again what was taken off.
      window.history.replaceState(null, '', `${pathname}${text === '' ? '' : `?${text}`}${hash}`)
    }
    keepAttached(all)
    setIds(all)
  }, [])
  return {
    ids,
    set: (next) => {
      const all = attachedWith([], next)
      keepAttached(all)
      setIds(all)
    },
    take: () => {
      setIds([])
      return [...ids]
    },
    arrived: () => keepAttached([]),
  }
}
