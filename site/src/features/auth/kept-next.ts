// Where somebody was going when they signed up, while they look for the confirmation mail: its link leads to a page
// that does not know. Kept for this browser alone, and for a day.
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const NAME = 'riwaq:next'
const KEPT_MS = 86_400_000

export function keepNext(path: string | null, now = Date.now(), store?: Store): void {
  try {
    const kept = store ?? localStorage
    if (path === null) kept.removeItem(NAME)
    else kept.setItem(NAME, JSON.stringify({ path, at: now }))
  } catch {
    // Storage is refused: they go on to the chat, and find the plans again.
  }
}

/** As it was kept: whoever follows it checks that it is a path of this site. */
export function keptNext(now = Date.now(), store?: Store): string | null {
  try {
    const { path, at } = JSON.parse((store ?? localStorage).getItem(NAME) ?? '{}') as { path?: unknown; at?: unknown }
    return typeof path === 'string' && typeof at === 'number' && now - at < KEPT_MS ? path : null
  } catch {
    return null
  }
}
