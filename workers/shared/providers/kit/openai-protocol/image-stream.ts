// Pictures as they become: `image_generation.*` and `image_edit.*`, each with all of a picture in base64.
import { z } from 'zod'
import type { Usage } from '#shared/lib/money'
import type { ImageCallOptions } from '../../spec/image-model.ts'
import { sniffMediaType } from '#shared/lib/sniff-media-type'
import { decodePicture } from '../decode-picture.ts'
import { readLargeEvents, type LargeEvents } from '../read-large-events.ts'
import { nonsenseProblem, upstreamProblem } from '../upstream-problem.ts'
import { imageUsageFromOpenAI } from './image-usage.ts'

const PARTIAL = /^image_(?:generation|edit)\.partial_image$/
const COMPLETED = /^image_(?:generation|edit)\.completed$/

const Event = z.looseObject({
  type: z.string().nullish(),
  b64_json: z.string().nullish(),
  partial_image_index: z.number().int().min(0).nullish().catch(null),
  usage: z.unknown().optional(),
  error: z
    .looseObject({
      code: z.string().nullish().catch(null),
      type: z.string().nullish().catch(null),
      message: z.string().nullish().catch(null),
      param: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
})
type Event = z.infer<typeof Event>

interface StreamInput extends LargeEvents {
  onPartial?: ImageCallOptions['onPartial']
}

function failIfError({ type, error }: Event, { vendor, secret }: StreamInput): void {
  if (type !== 'error' && !error) return
  const { code, type: kind, message, param } = error ?? {}
  // It has accepted the request and failed in the middle: without a code of its own that is the vendor's fault.
  throw upstreamProblem({ vendor, secret, code: code ?? kind, message: message ?? undefined, param })
}

/** A picture that is not final may be broken without any harm. */
function showPartial(
  { b64_json: base64, partial_image_index: index }: Event,
  { vendor, onPartial }: StreamInput,
): void {
  if (!onPartial || !base64) return
  try {
    const bytes = decodePicture(base64, vendor)
    onPartial({ index: index ?? 0, bytes, mediaType: sniffMediaType(bytes) ?? 'image/png' })
  } catch {
    // The next one, or the final one, takes its place.
  }
}

export async function readImageStream(input: StreamInput): Promise<{ completed: string[]; usage: Usage | null }> {
  const completed: string[] = []
  let usage: Usage | null = null
  for await (const data of readLargeEvents(input)) {
    const parsed = Event.safeParse(data)
    if (!parsed.success) throw nonsenseProblem(input.vendor, 'an event that is none')
    const event = parsed.data
    failIfError(event, input)
    const type = event.type ?? ''
    if (PARTIAL.test(type)) showPartial(event, input)
    if (!COMPLETED.test(type)) continue
    completed.push(event.b64_json ?? '')
    usage = imageUsageFromOpenAI(event.usage) ?? usage
  }
  return { completed, usage }
}
