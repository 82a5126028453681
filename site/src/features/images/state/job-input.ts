// What a job was asked for, read back from its row. Rows outlive the page that wrote them, so nothing is taken for granted.
import type { ImageFormat } from '#shared/contracts/images'
import { imageOperations } from '#shared/contracts/model'
import type { ImageOperation } from '#shared/contracts/model'
import type { Job } from '#shared/contracts/jobs'
import type { Draft, Task } from './draft.ts'
import { emptyDraft, tasks } from './draft.ts'
import { readSize } from './aspect.ts'
import type { Size } from './aspect.ts'

export interface AskedFor {
  operation: ImageOperation
  prompt: string
  original: string | null
  negative: string
  count: number
  size: string
  quality: string | null
  style: string | null
  background: Draft['background']
  format: ImageFormat
  compression: number | null
  seed: number | null
  pictureIds: string[]
  scale: 2 | 4
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const oneOf = <V extends string>(values: readonly V[], value: unknown, otherwise: V): V =>
  values.find((known) => known === value) ?? otherwise

export function readJobInput({ input, kind }: Pick<Job, 'input' | 'kind'>): AskedFor {
  const ids = Array.isArray(input.item_ids) ? input.item_ids : []
  return {
    operation: oneOf(imageOperations, input.operation ?? kind, 'generate'),
    prompt: text(input.prompt),
    original: text(input.original_prompt) || null,
    negative: text(input.negative_prompt),
    count: number(input.count) ?? number(input.n) ?? 1,
    size: readSize(text(input.size)) ? text(input.size) : 'auto',
    quality: text(input.quality) || null,
    style: text(input.style) || text(input.style_preset) || null,
    background: oneOf(['auto', 'transparent', 'opaque'], input.background, 'auto'),
    format: oneOf(['png', 'jpeg', 'webp'], input.format ?? input.output_format, 'png'),
    compression: number(input.compression),
    seed: number(input.seed),
    pictureIds: ids.filter((id): id is string => typeof id === 'string'),
    scale: input.scale === 4 ? 4 : 2,
  }
}

/** Everything as it was, to be asked for again or changed. */
export function draftOf(job: Pick<Job, 'input' | 'kind' | 'model'>, { seed }: { seed?: number | null } = {}): Draft {
  const asked = readJobInput(job)
  const kept = seed ?? asked.seed
  return {
    ...emptyDraft,
    prompt: asked.prompt,
    original: asked.original,
    negative: asked.negative,
    model: job.model,
    count: asked.count,
    size: asked.size,
    quality: asked.quality,
    style: asked.style,
    background: asked.background,
    format: asked.format,
    compression: asked.compression === null ? '' : String(asked.compression),
    seed: kept === null ? '' : String(kept),
    pictures: asked.pictureIds.map((id) => ({ id, width: null, height: null })),
    task: tasks.find((task): task is Task => task === asked.operation) ?? null,
    scale: asked.scale,
  }
}

/** As large as a place for a picture has to be before anything is known of it. */
export const expectedSize = (job: Job): Size => readSize(readJobInput(job).size) ?? { width: 1, height: 1 }
