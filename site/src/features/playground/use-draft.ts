import { useEffect, useState } from 'preact/hooks'
import { readDraft } from './draft.ts'
import type { Draft } from './draft.ts'

const STORAGE_KEY = 'riwaq:playground'

function stored(): string | null {
  try {
    return sessionStorage.getItem(STORAGE_KEY)
  } catch {
    return null
  }
}

function store(draft: Draft): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(draft))
  } catch {
    // Storage may be refused or full; what was filled in then lasts as long as the page.
  }
}

/** What is filled in, for as long as this tab is open. Null until the page is alive: only then can it be read. */
export function useDraft(): { draft: Draft | null; change: (part: Partial<Draft>) => void } {
  const [draft, setDraft] = useState<Draft | null>(null)
  useEffect(() => setDraft(readDraft(stored())), [])
  useEffect(() => {
    if (draft) store(draft)
  }, [draft])
  return { draft, change: (part) => setDraft((now) => now && { ...now, ...part }) }
}
