// Workers AI's pictures by the binding: one for each call, as base64 in an object, as a bare stream, or as bytes.
import { z } from 'zod'
import type { ImageTraits } from '#shared/contracts/model'
import { isProblem } from '#shared/http/problems'
import { decodePicture, MAX_PICTURE_BYTES, requireCount, requirePicture } from '../kit/decode-picture.ts'
import { fitImageRequest, leftOut } from '../kit/fit-image-request.ts'
import { keepKnown } from '../kit/image-settings.ts'
import { pictureProblem } from '../kit/picture-problems.ts'
import { readLargeJson } from '../kit/read-large-json.ts'
import { nonsenseProblem } from '../kit/upstream-problem.ts'
import type { DirectImageModel, ImageRequest, ImageResult, MadePicture } from '../spec/image-model.ts'
import { toProblem } from './errors.ts'
import { familyOf, seedAt } from './image-families.ts'
import type { WorkersAiBinding } from './index.ts'

const vendor = 'Workers AI'

const Document = z.union([
  z.object({ image: z.string() }).transform(({ image }) => [image]),
  z.object({ images: z.array(z.string()) }).transform(({ images }) => images),
])

async function readBytes(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  const stop = () => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) return new Uint8Array(await new Blob(parts).arrayBuffer())
      length += value.byteLength
      if (length > MAX_PICTURE_BYTES) throw pictureProblem('provider_bad_image', vendor, 'it is too large')
      parts.push(new Uint8Array(value))
    }
  } finally {
    signal.removeEventListener('abort', stop)
    void reader.cancel().catch(() => undefined)
  }
}

function fromDocument(document: unknown): Uint8Array<ArrayBuffer> {
  const parsed = Document.safeParse(document)
  if (!parsed.success) throw pictureProblem('provider_no_image', vendor)
  requireCount(parsed.data, { count: 1, vendor })
  return decodePicture(parsed.data[0]!, vendor)
}

async function fromResponse(response: Response, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  if (!response.ok) throw toProblem({ status: response.status, body: await response.text().catch(() => '') })
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('json')) return fromDocument(await readLargeJson({ response, signal, vendor }))
  if (type.includes('html')) throw nonsenseProblem(vendor, `a web page (${type})`)
  if (!response.body) throw pictureProblem('provider_no_image', vendor)
  return fromBytes(await readBytes(response.body, signal))
}

function fromBytes(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.byteLength === 0) throw pictureProblem('provider_no_image', vendor)
  return requirePicture(bytes, vendor)
}

async function toPicture(answer: unknown, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  if (answer instanceof Response) return fromResponse(answer, signal)
  if (answer instanceof ReadableStream) return fromBytes(await readBytes(answer as ReadableStream<Uint8Array>, signal))
  if (answer instanceof ArrayBuffer) return fromBytes(new Uint8Array(answer))
  if (answer instanceof Uint8Array) return fromBytes(new Uint8Array(answer))
  return fromDocument(answer)
}

interface Context {
  ai: WorkersAiBinding
  modelId: string
  traits: ImageTraits
}

async function makeOne(
  request: ImageRequest,
  { at, signal, context }: { at: number; signal: AbortSignal; context: Context },
): Promise<MadePicture> {
  const { ai, modelId } = context
  const inputs = await familyOf(modelId).toInputs(request, at)
  signal.throwIfAborted()
  try {
    const answer = await ai.run(modelId, inputs, { returnRawResponse: true, signal })
    const seed = seedAt(request, at)
    return { bytes: await toPicture(answer, signal), ...(seed !== undefined && { seed }) }
  } catch (error) {
    signal.throwIfAborted()
    throw isProblem(error) ? error : toProblem(error)
  }
}

export const createWorkersAiImages = ({ ai }: { ai: WorkersAiBinding }) => ({
  image: (modelId: string, traits: ImageTraits): DirectImageModel => ({
    delivery: 'direct',
    async generate(asked, { signal }): Promise<ImageResult> {
      signal.throwIfAborted()
      const { request: fitted, warnings } = fitImageRequest(asked, traits)
      const { request, warnings: unknown } = keepKnown(fitted, familyOf(modelId).knows)
      const stop = new AbortController()
      const both = AbortSignal.any([signal, stop.signal])
      const context = { ai, modelId, traits }
      const asks = Array.from({ length: request.count }, (_, at) => makeOne(request, { at, signal: both, context }))
      try {
        return {
          images: await Promise.all(asks),
          usage: null,
          warnings: [...warnings, ...unknown, ...(request.endUser === undefined ? [] : [leftOut('user', vendor)])],
        }
      } finally {
        stop.abort(new Error('another picture of this call has failed'))
        await Promise.allSettled(asks)
      }
    },
  }),
})
