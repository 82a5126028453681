import { z } from 'zod'
import type { ImageTraits } from '#shared/contracts/model'
import { isProblem, problemCodes, type Problem } from '#shared/http/problems'
import { createAskJson, type AskJson } from '../kit/ask-json.ts'
import { toDataUrl } from '../kit/data-url.ts'
import { requireCount } from '../kit/decode-picture.ts'
import { fetchPictures } from '../kit/fetch-pictures.ts'
import { fitImageRequest } from '../kit/fit-image-request.ts'
import { keepKnown } from '../kit/image-settings.ts'
import { lookAgainAfter } from '../kit/look-again.ts'
import { maskAddressOf } from '../kit/mask-address.ts'
import { progressOf } from '../kit/progress-of.ts'
import { nonsenseProblem, upstreamProblem } from '../kit/upstream-problem.ts'
import type { ImageJobState, ImageRequest, ImageResult, InputPicture, JobImageModel } from '../spec/image-model.ts'
import { failureProblem, toNetworkProblem, toProblem, vendor } from './errors.ts'
import { familyOf } from './families.ts'
import type { ReplicateOptions } from './index.ts'

const API = 'https://api.replicate.com'

const Output = z.union([z.string(), z.array(z.string())]).nullish()

const Prediction = z.looseObject({
  id: z.string().regex(/^[\w-]{1,100}$/),
  status: z.string(),
  output: z.unknown().optional(),
  error: z.unknown().optional(),
  logs: z.string().nullish(),
})
type Prediction = z.infer<typeof Prediction>

/** As it is kept in a job's row. */
const Ref = z.object({ id: z.string(), count: z.number(), seed: z.number().optional() })
type Ref = z.infer<typeof Ref>

const LOOK_AGAIN_MS = 2_000
/** Beyond this they ask for a file of its own. */
const MOST_IN_REQUEST = 256 * 1_024
const VERSION = /^[\da-f]{64}$/

interface Context extends ReplicateOptions {
  modelId: string
  traits: ImageTraits
}

interface Api {
  ask: AskJson
  url: string
}

const failed = (problem: Problem): ImageJobState => ({
  state: 'failed',
  problem,
  retry: problemCodes[problem.code].retry,
})

const Upload = z.object({ urls: z.object({ get: z.string() }) })

async function addressOf(picture: InputPicture, { ask, url }: Api, signal: AbortSignal): Promise<string> {
  if (picture.bytes.length <= MOST_IN_REQUEST) return toDataUrl(picture)
  const form = new FormData()
  form.set('content', new Blob([new Uint8Array(picture.bytes)], { type: picture.mediaType }), 'picture')
  const upload = Upload.safeParse(await ask({ method: 'POST', url: `${url}/files`, body: form, signal }))
  if (!upload.success) throw nonsenseProblem(vendor, 'a file without an address')
  return upload.data.urls.get
}

function parsePrediction(body: unknown): Prediction {
  const prediction = Prediction.safeParse(body)
  if (!prediction.success) throw nonsenseProblem(vendor, 'a prediction that is none')
  return prediction.data
}

/** Models of their own choice run by name, everybody else's by version. */
function orderOf(modelId: string, url: string): { url: string; version?: string } {
  const version = VERSION.test(modelId) ? modelId : modelId.split(':')[1]
  return version === undefined
    ? { url: `${url}/models/${modelId}/predictions` }
    : { url: `${url}/predictions`, version }
}

async function begin(input: {
  request: ImageRequest
  context: Context
  api: Api
  signal: AbortSignal
  webhookUrl: string | null
}) {
  const { context, api, signal, webhookUrl } = input
  const family = familyOf(context.modelId, input.request.operation)
  const fitted = fitImageRequest(input.request, context.traits)
  const { request, warnings } = keepKnown(fitted.request, family.knows)
  const mask = await maskAddressOf(request, family.mask)
  const pictures = await Promise.all((request.images ?? []).map((picture) => addressOf(picture, api, signal)))
  const { url, version } = orderOf(context.modelId, api.url)
  const body = {
    ...(version !== undefined && { version }),
    input: family.input(request, pictures, mask),
    ...(webhookUrl !== null && { webhook: webhookUrl, webhook_events_filter: ['completed'] }),
  }
  const { id } = parsePrediction(await api.ask({ method: 'POST', url, body, signal }))
  const { seed } = request
  const ref: Ref = { id, count: request.count, ...(seed !== undefined && { seed }) }
  return { operation: JSON.stringify(ref), warnings: [...fitted.warnings, ...warnings] }
}

async function collect(prediction: Prediction, ref: Ref, context: Context, signal: AbortSignal): Promise<ImageResult> {
  const output = Output.safeParse(prediction.output)
  const addresses = !output.success || output.data === null || output.data === undefined ? [] : [output.data].flat()
  requireCount(addresses, { count: ref.count, vendor })
  const { fetch, local } = context
  const pictures = await fetchPictures({ vendor, addresses, signal, fetch, local })
  return {
    images: pictures.map((bytes) => ({ bytes, ...(ref.seed !== undefined && { seed: ref.seed }) })),
    usage: null,
    warnings: [],
  }
}

async function stateOf(
  prediction: Prediction,
  ref: Ref,
  context: Context,
  signal: AbortSignal,
): Promise<ImageJobState> {
  switch (prediction.status) {
    case 'succeeded':
      return { state: 'done', result: await collect(prediction, ref, context, signal) }
    case 'failed':
      return failed(failureProblem(typeof prediction.error === 'string' ? prediction.error : '', context.apiKey))
    case 'canceled':
    case 'aborted':
      return failed(upstreamProblem({ vendor, message: 'cancelled on their side' }))
    default:
      return { state: 'pending', progress: progressOf(prediction.logs ?? ''), retryAfterMs: LOOK_AGAIN_MS }
  }
}

export function createReplicateImage(context: Context): JobImageModel {
  const { apiKey, fetch } = context
  const ask = createAskJson({
    headers: { authorization: `Bearer ${apiKey}` },
    fetch,
    onFailure: (error) => toNetworkProblem(error, apiKey),
    onRefusal: (refusal) => toProblem(refusal, apiKey),
  })
  const api: Api = { ask, url: `${(context.baseURL ?? API).replace(/\/+$/, '')}/v1` }
  const refOf = (operation: string): Ref => Ref.parse(JSON.parse(operation))
  return {
    delivery: 'job',
    start: (request, { signal, webhookUrl }) => begin({ request, context, api, signal, webhookUrl }),
    async poll(operation, { signal }) {
      const ref = refOf(operation)
      let prediction: Prediction
      try {
        prediction = parsePrediction(await ask({ method: 'GET', url: `${api.url}/predictions/${ref.id}`, signal }))
      } catch (error) {
        return lookAgainAfter(error)
      }
      try {
        return await stateOf(prediction, ref, context, signal)
      } catch (error) {
        if (isProblem(error)) return failed(error)
        throw error
      }
    },
    async cancel(operation, { signal }) {
      try {
        await ask({ method: 'POST', url: `${api.url}/predictions/${refOf(operation).id}/cancel`, signal })
      } catch (error) {
        // It is done already, or cannot be stopped any more.
        if (!isProblem(error)) throw error
      }
    },
  }
}
