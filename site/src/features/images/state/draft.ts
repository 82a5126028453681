// What is about to be asked for, as it stands on the page.
import type { ImageFormat } from '#shared/contracts/images'
import type { ImageOperation } from '#shared/contracts/model'

/** A picture of the library that is worked from. */
export interface DraftPicture {
  id: string
  width: number | null
  height: number | null
}

/** What can be done with a picture that is there. */
export const tasks = ['edit', 'variation', 'outpaint', 'upscale', 'remove-background'] as const
export type Task = (typeof tasks)[number] & ImageOperation

/** By how many pixels each side grows. */
export interface Extension {
  top: number
  bottom: number
  left: number
  right: number
}

export const noExtension: Extension = { top: 0, bottom: 0, left: 0, right: 0 }

export interface Draft {
  prompt: string
  /** As it was written, where it was improved or translated since. */
  original: string | null
  negative: string
  /** Empty: the first that there is. */
  model: string
  count: number
  /** `auto`, or `width x height`. */
  size: string
  quality: string | null
  style: string | null
  background: 'auto' | 'transparent' | 'opaque'
  format: ImageFormat
  /** As typed; empty: the encoder's own. */
  compression: string
  /** As typed; empty: another one each time. */
  seed: string
  pictures: DraftPicture[]
  /** Null: what is there says what is meant. */
  task: Task | null
  /** A PNG as large as the first picture, transparent where it may change. */
  mask: string | null
  extension: Extension
  scale: 2 | 4
  translate: boolean
}

export const emptyDraft: Draft = {
  prompt: '',
  original: null,
  negative: '',
  model: '',
  count: 1,
  size: 'auto',
  quality: null,
  style: null,
  background: 'auto',
  format: 'png',
  compression: '',
  seed: '',
  pictures: [],
  task: null,
  mask: null,
  extension: noExtension,
  scale: 2,
  translate: true,
}

/** Without a picture one is made; with one, words change it, and without words it is varied. */
export function operationOf(draft: Pick<Draft, 'pictures' | 'task' | 'prompt'>): ImageOperation {
  if (draft.pictures.length === 0) return 'generate'
  return draft.task ?? (draft.prompt.trim() === '' ? 'variation' : 'edit')
}

const wordless: readonly ImageOperation[] = ['variation', 'outpaint', 'upscale', 'remove-background']

/** Whether this is nothing without words. */
export const needsWords = (operation: ImageOperation): boolean => !wordless.includes(operation)

/** Whether the model chooses, or is told, how large the result is. The others follow their picture. */
export const takesSize = (operation: ImageOperation): boolean => ['generate', 'edit', 'variation'].includes(operation)

export const takesPrompt = (operation: ImageOperation): boolean => !['upscale', 'remove-background'].includes(operation)
