// The events of a streamed picture, in OpenAI's shapes.
import { toBase64 } from '#shared/lib/bytes'
import type { ImageJobRecord } from '../image-job.ts'
import { looksOf, toUsageResponse, type Answered } from './to-images-response.ts'

/** What they are called: after the call that asked. */
export type EventFamily = 'image_generation' | 'image_edit'

const event = (name: string, value: Record<string, unknown>): string =>
  `event: ${name}\ndata: ${JSON.stringify({ type: name, ...value })}\n\n`

export const KEEP_ALIVE = ': keep-alive\n\n'

export interface PartialPicture {
  index: number
  bytes: Uint8Array
  mediaType: string
}

export const toPartialEvent = (
  family: EventFamily,
  { picture, record, now }: { picture: PartialPicture; record: ImageJobRecord; now: number },
): string =>
  event(`${family}.partial_image`, {
    b64_json: toBase64(picture.bytes),
    partial_image_index: picture.index,
    created_at: Math.floor(now / 1000),
    background: record.background ?? 'auto',
    output_format: picture.mediaType.replace('image/', ''),
    quality: record.quality ?? 'auto',
    size: record.size,
  })

/** One for each picture; what they cost together is said with the last, so that nobody counts it twice. */
export function toCompletedEvents(family: EventFamily, answered: Answered): string[] {
  const { pictures, createdAt, usage } = answered
  return pictures.map((picture, at) =>
    event(`${family}.completed`, {
      b64_json: 'bytes' in picture.at ? toBase64(picture.at.bytes) : '',
      ...('url' in picture.at && { url: picture.at.url }),
      created_at: Math.floor(createdAt / 1000),
      ...looksOf({ record: answered.record, pictures: [picture] }),
      usage: toUsageResponse(at === pictures.length - 1 ? usage : {}),
      ...(picture.fact.revised_prompt !== null && { revised_prompt: picture.fact.revised_prompt }),
      ...(picture.itemId !== null && { item_id: picture.itemId }),
    }),
  )
}

export const toErrorEvent = (body: unknown): string => `event: error\ndata: ${JSON.stringify(body)}\n\n`
