// How a picture was made, as its item keeps it and its file says it. What was charged in the end replaces what it was to cost.
import type { Provenance } from '#shared/contracts/library'
import type { MadePicture } from '#shared/providers/spec/image-model'
import type { ImageJob } from './image-job.ts'

const TITLE_LENGTH = 80

/** The first words of what was asked for, so that a list can be read. */
export function titleOf(job: ImageJob): string {
  const words = (job.input.original_prompt ?? job.input.prompt).replaceAll(/\s+/g, ' ').trim()
  const letters = Array.from(words)
  return letters.length > TITLE_LENGTH
    ? `${letters
        .slice(0, TITLE_LENGTH - 1)
        .join('')
        .trimEnd()}…`
    : words
}

export function toProvenance(
  job: ImageJob,
  { made, now, costMicros }: { made: MadePicture; now: number; costMicros: number | null },
): Provenance {
  const { input } = job
  const { ways } = input
  const sent = ways.translated ?? ways.prompt
  const written = input.original_prompt ?? input.prompt
  return {
    service: 'images',
    operation: input.operation,
    prompt: sent === '' ? null : sent,
    original_prompt: written !== '' && written !== sent ? written : null,
    negative_prompt: ways.negativePrompt,
    model: job.model,
    provider: job.provider,
    parameters: {
      size: input.size,
      format: input.format,
      ...(input.quality !== null && { quality: input.quality }),
      ...(input.style !== null && { style: input.style }),
      ...(input.background !== null && { background: input.background }),
      ...(input.extend && { extend: input.extend }),
      ...(input.scale && { scale: input.scale }),
      ...(made.revisedPrompt !== undefined && { revised_prompt: made.revisedPrompt }),
    },
    seed: made.seed ?? input.seed,
    cost_micros: costMicros,
    request_id: job.requestId,
    made_at: now,
    parent_ids: ways.pictures.filter(({ sent: came }) => !came).map(({ itemId }) => itemId),
  }
}
