// What every model that makes pictures can be asked, whoever made it. Adapters speak in raw units and never of money.
import type { ImageOperation } from '#shared/contracts/model'
import type { Usage } from '#shared/lib/money'
import type { Warning } from './language-model.ts'

/** A picture in a prompt: checked and re-encoded before it comes here. */
export interface InputPicture {
  bytes: Uint8Array
  mediaType: 'image/png' | 'image/jpeg' | 'image/webp'
  width: number
  height: number
}

export interface ImageRequest {
  operation: ImageOperation
  prompt: string
  negativePrompt?: string
  count: number
  /** Absent: the model's own choice. */
  size?: { width: number; height: number }
  /** One of the model's own `qualities`. */
  quality?: string
  background?: 'transparent' | 'opaque' | 'auto'
  /** What the caller wants; an adapter may answer in another, and the picture is re-encoded after. */
  format?: 'png' | 'jpeg' | 'webp'
  /** 0 to 100, for jpeg and webp. */
  compression?: number
  seed?: number
  images?: InputPicture[]
  /** As large as the first picture; transparent where it may change. */
  mask?: InputPicture
  inputFidelity?: 'low' | 'high'
  /** By how many pixels each side is to grow, for `outpaint`. */
  extend?: { top: number; bottom: number; left: number; right: number }
  /** How many times larger, for `upscale`. */
  scale?: 2 | 4
  /** How many pictures are shown before the final one: 0 to 3. */
  partialImages?: number
  /** An opaque id of the end user, for the vendor's abuse detection. */
  endUser?: string
}

/** As the vendor gave it: not to be believed in before it was checked. */
export interface MadePicture {
  bytes: Uint8Array
  seed?: number
  /** What the vendor made of the prompt. */
  revisedPrompt?: string
  /** The vendor holds it for unfit to be shown, and says why in its own words. */
  flagged?: string
}

export interface ImageResult {
  images: MadePicture[]
  /** Null where the vendor counts nothing. */
  usage: Usage | null
  warnings: Warning[]
}

export interface ImageCallOptions {
  signal: AbortSignal
  /** The same at every try of one job, for vendors that know such a thing. */
  idempotencyKey: string
  onPartial?: (picture: { index: number; bytes: Uint8Array; mediaType: string }) => void
  /** A share, 0 to 1. */
  onProgress?: (share: number) => void
}

/** Answers in the same call. */
export interface DirectImageModel {
  delivery: 'direct'
  /** Throws a Problem where there is no answer, or none that can be used. */
  generate(request: ImageRequest, options: ImageCallOptions): Promise<ImageResult>
}

/** Opaque to everybody but the adapter; kept in the job's row. */
export type ImageOperationRef = string

export type ImageJobState =
  | { state: 'pending'; progress: number | null; retryAfterMs?: number }
  | { state: 'done'; result: ImageResult }
  /** `retry`: asking again from the beginning may help. */
  | { state: 'failed'; problem: Error; retry: boolean }

/** Takes an order and is asked again. */
export interface JobImageModel {
  delivery: 'job'
  start(
    request: ImageRequest,
    options: Omit<ImageCallOptions, 'onPartial' | 'onProgress'> & { webhookUrl: string | null },
  ): Promise<{ operation: ImageOperationRef; warnings: Warning[] }>
  poll(operation: ImageOperationRef, options: { signal: AbortSignal }): Promise<ImageJobState>
  /** As well as can be: what a vendor cannot stop is left alone. */
  cancel(operation: ImageOperationRef, options: { signal: AbortSignal }): Promise<void>
}

export type ImageModel = DirectImageModel | JobImageModel

/** A vendor's message that a job of ours has come on. Its signature is checked against the body as it came. */
export interface WebhookCheck {
  /** True where it is from the vendor, for us and fresh. The message says only that a look is worth while. */
  verify(input: { headers: Headers; body: Uint8Array; url: string; now: number; signal: AbortSignal }): Promise<boolean>
}
