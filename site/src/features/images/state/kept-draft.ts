// The draft for as long as the tab lives: a reload, or a payment in between, loses nothing.
import { emptyDraft, tasks } from './draft.ts'
import type { Draft } from './draft.ts'

const NAME = 'riwaq:images-draft'
type Store = Pick<Storage, 'getItem' | 'setItem'>

export function readKeptDraft(store: Store = sessionStorage): Draft {
  try {
    const kept: unknown = JSON.parse(store.getItem(NAME) ?? 'null')
    return typeof kept === 'object' && kept !== null ? sound(kept as Partial<Draft>) : emptyDraft
  } catch {
    return emptyDraft
  }
}

/** A mask is larger than what a tab may keep. */
export function keepDraft(draft: Draft, store: Store = sessionStorage): void {
  try {
    store.setItem(NAME, JSON.stringify({ ...draft, mask: null }))
  } catch {
    // Storage is full or refused: the draft then lives as long as the page.
  }
}

/** What an older page has kept may lack something, or have it in another shape. */
function sound(kept: Partial<Draft>): Draft {
  const fields = Object.entries(emptyDraft).map(([name, usual]) => {
    const value = kept[name as keyof Draft]
    const fits = usual === null ? value === null || typeof value === 'string' : typeof value === typeof usual
    return [name, fits && Array.isArray(value) === Array.isArray(usual) && value !== undefined ? value : usual]
  })
  const draft = Object.fromEntries(fields) as unknown as Draft
  return {
    ...draft,
    extension: { ...emptyDraft.extension, ...draft.extension },
    task: tasks.find((task) => task === draft.task) ?? null,
    mask: null,
  }
}
