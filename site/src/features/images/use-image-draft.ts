import { useCallback, useEffect, useState } from 'preact/hooks'
import { emptyDraft } from './state/draft.ts'
import type { Draft } from './state/draft.ts'
import { keepDraft, readKeptDraft } from './state/kept-draft.ts'

export interface ImageDraft {
  draft: Draft
  change: (part: Partial<Draft>) => void
}

export function useImageDraft(): ImageDraft {
  const [draft, setDraft] = useState<Draft>(emptyDraft)
  const [read, setRead] = useState(false)
  useEffect(() => {
    // What was typed before the page was alive comes before what was kept.
    setDraft((now) => ({ ...readKeptDraft(), ...(now.prompt !== '' && { prompt: now.prompt, original: null }) }))
    setRead(true)
  }, [])
  useEffect(() => {
    if (read) keepDraft(draft)
  }, [draft, read])
  const change = useCallback((part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })), [])
  return { draft, change }
}
