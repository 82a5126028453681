// What the row of an image job keeps of what was asked for: enough to ask any provider again, on any Worker.
import type { ImageOperation } from '#shared/contracts/model'
import type { ImageJobInput } from '#shared/contracts/images'
import type { JobRow } from '#shared/jobs/handler'
import type { StoredJob } from '#shared/jobs/types'

/** What the caller is shown of it: their own words, in the words of the dashboard's form. */
type Shown = Pick<
  ImageJobInput,
  'operation' | 'model' | 'prompt' | 'count' | 'size' | 'format' | 'item_ids' | 'translate'
> & {
  original_prompt: string | null
  negative_prompt: string | null
  quality: string | null
  style: string | null
  background: 'transparent' | 'opaque' | 'auto' | null
  compression: number | null
  seed: number | null
  collection_id: string | null
  extend: { top: number; bottom: number; left: number; right: number } | null
  scale: 2 | 4 | null
}

/** A picture that a job works from: an item of the library, or one that came with the request and waits for it, unseen. */
export interface JobPicture {
  itemId: string
  sent: boolean
  mediaType: 'image/png' | 'image/jpeg' | 'image/webp'
  width: number
  height: number
}

/** How it is done, beside what was asked. */
export interface ImageJobWays {
  /** What the model is given: with its style. */
  prompt: string
  negativePrompt: string | null
  /** The same in English, for a model that understands little else; null until it was translated. */
  translated: string | null
  /** Whether it has to be. */
  translates: boolean
  /** What the vendor that took the order leaves out. */
  warnings: string[]
  /** As the model is asked for it; null: its own choice. */
  size: { width: number; height: number } | null
  pictures: JobPicture[]
  mask: JobPicture | null
  inputFidelity: 'low' | 'high' | null
  partialImages: number
  endUser: string | null
  /** Kept for a day and not shown in the library. */
  temporary: boolean
  /** Nothing of it may rest anywhere: its words are in the memory of the Worker that was asked, and nowhere else. */
  unkept: boolean
  /** Where it was asked for. */
  via: 'api' | 'page'
}

export type ImageJobRecord = Shown & { ways: ImageJobWays }

/** What was asked for, without how it is done. */
export function shownInput(record: ImageJobRecord): Record<string, unknown> {
  const asked: Record<string, unknown> = { ...record }
  delete asked['ways']
  return asked
}

export type ImageJob = JobRow<ImageJobRecord>
export type StoredImageJob = StoredJob<ImageJobRecord>

/** What the product's facts say of each picture, beside its item. */
export interface PictureFact {
  seed: number | null
  revised_prompt: string | null
  width: number
  height: number
  media_type: string
}

export interface ImageProductFacts extends Record<string, unknown> {
  pictures: PictureFact[]
  warnings: string[]
}

/** Pictures of a request have names behind those of its results: `itemIdOf(jobId, …)`. */
export const INPUTS_FROM = 36
export const MASK_AT = 35

/** Needs no words: what is to be made is in the picture. */
export const isWordless = (operation: ImageOperation): boolean =>
  operation === 'variation' || operation === 'upscale' || operation === 'remove-background' || operation === 'outpaint'

/** Its size follows from the picture that it is made from. */
export const followsInput = (operation: ImageOperation): boolean =>
  operation === 'upscale' || operation === 'remove-background' || operation === 'outpaint'
