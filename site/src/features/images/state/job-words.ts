// What is said of a job: where it is, how it ended, and what can be done about it.
import type { Job, JobStage } from '#shared/contracts/jobs'
import type { Key } from '../../../i18n/locales.ts'

const stages = {
  waiting: 'images.stage-waiting',
  asking: 'images.stage-asking',
  making: 'images.stage-making',
  checking: 'images.stage-checking',
  storing: 'images.stage-storing',
} as const satisfies Record<JobStage, Key>

export const stageWords = ({ state, stage, attempts }: Pick<Job, 'state' | 'stage' | 'attempts'>): Key => {
  // Back in the queue after a try: something went wrong that may pass.
  if (state === 'queued') return attempts > 0 ? 'images.stage-again' : 'images.stage-waiting'
  return stages[stage]
}

export const operationWords = {
  generate: 'images.operation-generate',
  edit: 'images.operation-edit',
  variation: 'images.operation-variation',
  outpaint: 'images.operation-outpaint',
  upscale: 'images.operation-upscale',
  'remove-background': 'images.operation-remove-background',
} as const satisfies Record<string, Key>

const advice: Record<string, Key> = {
  content_rejected: 'images.advice-prompt',
  storage_exhausted: 'images.advice-storage',
  model_not_found: 'images.advice-model',
  model_not_priced: 'images.advice-model',
  model_not_allowed: 'images.advice-model',
  invalid_request: 'images.advice-options',
  internal_error: 'images.advice-again',
  unknown: 'images.advice-again',
}

/** What to do about it, where the problem's own sentence does not say so already. */
export const adviceWords = (code: string): Key | null => advice[code] ?? null
