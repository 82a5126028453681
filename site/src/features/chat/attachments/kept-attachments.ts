// Pictures that wait to be sent, kept for as long as the tab lives: a reload, or a way round by a payment, loses none.
import { itemsForChat } from '../../library/send-to.ts'

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** As many as one message takes. */
export const MOST_ATTACHED = 8
const NAME = 'riwaq:attached'

export function readAttached(store: Store = sessionStorage): string[] {
  try {
    return itemsForChat(`?attach=${store.getItem(NAME) ?? ''}`).slice(0, MOST_ATTACHED)
  } catch {
    return []
  }
}

export function keepAttached(ids: readonly string[], store: Store = sessionStorage): void {
  try {
    if (ids.length === 0) store.removeItem(NAME)
    else store.setItem(NAME, ids.join(','))
  } catch {
    // Storage is full or refused: they then live as long as the page.
  }
}

/** Each once, in the order in which they were chosen, and no more than a message takes. */
export const attachedWith = (ids: readonly string[], more: readonly string[]): string[] =>
  [...new Set([...ids, ...more])].slice(0, MOST_ATTACHED)
