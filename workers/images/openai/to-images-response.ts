// The answer in OpenAI's shape, whichever vendor made the pictures.
import type { ImagesResponse } from '#shared/contracts/images'
import { toBase64 } from '#shared/lib/bytes'
import type { Usage } from '#shared/lib/money'
import type { ImageJobRecord, PictureFact } from '../image-job.ts'
import { toSizeText } from '../read-size.ts'

export interface AnsweredPicture {
  itemId: string | null
  fact: PictureFact
  /** Its bytes, or the address at which they are. */
  at: { bytes: Uint8Array } | { url: string }
}

export interface Answered {
  createdAt: number
  record: ImageJobRecord
  pictures: AnsweredPicture[]
  usage: Usage
}

/** Vendors that count pictures, megapixels or steps count no tokens: then there is nothing to say but zeros. */
export function toUsageResponse(usage: Usage) {
  const text = (usage.input_tokens ?? 0) + (usage.cached_input_tokens ?? 0)
  const pictures = usage.image_input_tokens ?? 0
  const made = usage.image_output_tokens ?? 0
  const said = (usage.output_tokens ?? 0) + (usage.reasoning_tokens ?? 0)
  return {
    input_tokens: text + pictures,
    input_tokens_details: { text_tokens: text, image_tokens: pictures },
    output_tokens: made + said,
    output_tokens_details: { text_tokens: said, image_tokens: made },
    total_tokens: text + pictures + made + said,
  }
}

/** As it came out, not as it was asked for. */
export const looksOf = ({ record, pictures }: Pick<Answered, 'record' | 'pictures'>) => ({
  background: record.background === 'transparent' ? ('transparent' as const) : ('opaque' as const),
  output_format: record.format,
  quality: record.quality ?? 'auto',
  size: pictures[0] ? toSizeText(pictures[0].fact) : record.size,
})

export const toImagesResponse = (answered: Answered): ImagesResponse => ({
  created: Math.floor(answered.createdAt / 1000),
  data: answered.pictures.map(({ itemId, fact, at }) => ({
    ...('url' in at ? { url: at.url } : { b64_json: toBase64(at.bytes) }),
    ...(fact.revised_prompt !== null && { revised_prompt: fact.revised_prompt }),
    ...(fact.seed !== null && { seed: fact.seed }),
    ...(itemId !== null && { item_id: itemId }),
  })),
  ...looksOf(answered),
  usage: toUsageResponse(answered.usage),
})
