// The direction that a reader chose for a message, remembered on this device.
import type { Direction } from '../direction/block-direction.ts'

type Store = Pick<Storage, 'getItem' | 'setItem'>

const STORAGE_KEY = 'riwaq:message-directions'
const MOST = 300

function readAll(store: Store): [string, Direction][] {
  try {
    const kept: unknown = JSON.parse(store.getItem(STORAGE_KEY) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isEntry) : []
  } catch {
    return []
  }
}

const isEntry = (entry: unknown): entry is [string, Direction] =>
  Array.isArray(entry) && typeof entry[0] === 'string' && (entry[1] === 'ltr' || entry[1] === 'rtl')

export function chosenDirection(messageId: string, store: Store = localStorage): Direction | null {
  return readAll(store).find(([id]) => id === messageId)?.[1] ?? null
}

/** Null lets each block decide again. The oldest choices are forgotten first. */
export function chooseDirection(messageId: string, direction: Direction | null, store: Store = localStorage): void {
  const others = readAll(store).filter(([id]) => id !== messageId)
  const next = direction ? [...others, [messageId, direction] as [string, Direction]] : others
  try {
    store.setItem(STORAGE_KEY, JSON.stringify(next.slice(-MOST)))
  } catch {
    // Storage may be refused; the choice then lasts as long as the page.
  }
}
