// What was typed and not yet sent, kept per conversation for as long as the tab lives.
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const nameOf = (conversationId: string | null): string => `riwaq:draft:${conversationId ?? 'new'}`

export function readDraft(conversationId: string | null, store: Store = sessionStorage): string {
  try {
    return store.getItem(nameOf(conversationId)) ?? ''
  } catch {
    return ''
  }
}

export function keepDraft(conversationId: string | null, text: string, store: Store = sessionStorage): void {
  try {
    if (text === '') store.removeItem(nameOf(conversationId))
    else store.setItem(nameOf(conversationId), text)
  } catch {
    // Storage is full or refused: the draft then lives as long as the page.
  }
}
