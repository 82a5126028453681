// The row of a thing that is about to be kept.
import type { StageInput } from '#shared/contracts/library'
import type { ItemRow } from './item-row.ts'
import { positionAt } from './position.ts'
import { searchFacetsOf, searchWordsOf } from './search-words.ts'

const DAY_MS = 86_400_000
/** What a job never published, and what is kept for a caller of the API: longer than any job waits. */
export const UNLISTED_MS = DAY_MS

type Searched = Pick<
  ItemRow,
  'organizationId' | 'title' | 'tags' | 'provenance' | 'kind' | 'source' | 'model' | 'orientation'
>

const textOf = (value: unknown): string[] => (typeof value === 'string' ? [value] : [])

/** What a search finds it by. */
export function searchOf(item: Searched): Pick<ItemRow, 'searchWords' | 'searchFacets'> {
  const { organizationId, title, tags, provenance, kind, source, model, orientation } = item
  const texts = [title, ...tags, ...textOf(provenance?.['prompt']), ...textOf(provenance?.['original_prompt'])]
  return {
    searchWords: searchWordsOf({ organizationId, texts }),
    searchFacets: searchFacetsOf({ organizationId, kind, source, model, orientation, tags }),
  }
}

function orientationOf(width: number | null, height: number | null): ItemRow['orientation'] {
  if (width === null || height === null) return null
  if (width === height) return 'square'
  return width > height ? 'landscape' : 'portrait'
}

export interface Kept {
  mediaType: string
  width: number | null
  height: number | null
  hasAlpha: boolean
  bytes: number
  storedBytes: number
  contentHash: string
  thumbhash: string | null
  webType: string | null
  thumbnailType: string | null
}

export const cleanTags = (tags: readonly string[]): string[] => [
  ...new Set(tags.map((tag) => tag.normalize('NFC').trim()).filter((tag) => tag !== '')),
]

export function newItem({
  input,
  kept,
  now,
  random,
}: {
  input: Omit<StageInput, 'bytes' | 'format' | 'quality'>
  kept: Kept
  now: number
  random: number
}): ItemRow {
  const { provenance, parentIds = [] } = input
  const facts = {
    organizationId: input.organizationId,
    kind: input.kind,
    source: input.source,
    model: provenance?.model ?? null,
    orientation: orientationOf(kept.width, kept.height),
    title: input.title.trim().slice(0, 200),
    tags: cleanTags(input.tags ?? []),
    provenance: provenance && { ...provenance, parent_ids: [...new Set([...provenance.parent_ids, ...parentIds])] },
  }
  return {
    ...facts,
    ...searchOf(facts),
    ...kept,
    position: positionAt(now, random),
    id: input.itemId,
    ownerId: input.userId,
    state: 'storing',
    temporary: input.temporary ?? false,
    visibility: 'private',
    shared: false,
    jobId: input.jobId,
    durationMs: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
    eraseAt: now + UNLISTED_MS,
  }
}
