// What is known of a picture's making, for its own page and for making it again.
import type { LibraryItem } from '#shared/contracts/library'
import { readSize } from './aspect.ts'
import { emptyDraft, tasks } from './draft.ts'
import type { Draft, DraftPicture, Task } from './draft.ts'
import { draftOf } from './job-input.ts'

export const asPicture = ({ id, width, height }: Pick<LibraryItem, 'id' | 'width' | 'height'>): DraftPicture => ({
  id,
  width,
  height,
})

/** Where the job's own row cannot be had any more, the picture itself remembers enough. */
export function draftOfItem(item: Pick<LibraryItem, 'provenance'>): Draft {
  const made = item.provenance
  if (!made) return emptyDraft
  const draft = draftOf({
    kind: made.operation,
    model: made.model ?? '',
    input: {
      ...made.parameters,
      operation: made.operation,
      prompt: made.prompt ?? '',
      original_prompt: made.original_prompt,
      negative_prompt: made.negative_prompt,
      seed: made.seed,
      item_ids: made.parent_ids,
    },
  })
  return { ...draft, task: tasks.find((task): task is Task => task === made.operation) ?? null }
}

/** What has a row of its own, and what every picture has. */
const untold = new Set([
  'operation',
  'model',
  'prompt',
  'original_prompt',
  'negative_prompt',
  'seed',
  'item_ids',
  'mask',
  'translate',
  'collection_id',
  'count',
  'n',
])

/** The rest of what it was made with, as far as it says something. */
export function parametersOf(item: Pick<LibraryItem, 'provenance'>): { name: string; value: string }[] {
  return Object.entries(item.provenance?.parameters ?? {}).flatMap(([name, value]) => {
    if (untold.has(name) || !['string', 'number'].includes(typeof value) || value === '' || value === 'auto') return []
    const size = name === 'size' ? readSize(String(value)) : null
    return [{ name, value: size ? `${size.width}×${size.height}` : String(value) }]
  })
}
