import { z } from 'zod'
import type { ImageTraits } from '#shared/contracts/model'
import { isProblem, problemCodes, type Problem } from '#shared/http/problems'
import { createAskJson, type AskJson } from '../kit/ask-json.ts'
import { requireCount } from '../kit/decode-picture.ts'
import { fetchPictures } from '../kit/fetch-pictures.ts'
import { fitImageRequest } from '../kit/fit-image-request.ts'
import { keepKnown } from '../kit/image-settings.ts'
import { lookAgainAfter } from '../kit/look-again.ts'
import { maskAddressOf } from '../kit/mask-address.ts'
import { progressOf } from '../kit/progress-of.ts'
import { nonsenseProblem } from '../kit/upstream-problem.ts'
import type { ImageJobState, ImageResult, JobImageModel } from '../spec/image-model.ts'
import { toNetworkProblem, toProblem, vendor } from './errors.ts'
import { endpointOf } from './families.ts'
import type { FalOptions } from './index.ts'
import { parseResult } from './result.ts'

const QUEUE = 'https://queue.fal.run'

const Order = z.object({
  request_id: z.string(),
  status_url: z.string(),
  response_url: z.string(),
  cancel_url: z.string(),
})

const Status = z.looseObject({
  status: z.string(),
  queue_position: z.number().nullish(),
  logs: z.array(z.looseObject({ message: z.string().nullish() })).nullish(),
  error: z.unknown().optional(),
})

/** As it is kept in a job's row. */
const Ref = z.object({ status: z.string(), result: z.string(), cancel: z.string(), count: z.number() })
type Ref = z.infer<typeof Ref>

/** Whatever else is said, the result says how it ended. */
const atWork = new Set(['IN_QUEUE', 'IN_PROGRESS'])

const LOOK_AGAIN_MS = 1_500
const LONGEST_WAIT_MS = 10_000

const failed = (problem: Problem): ImageJobState => ({
  state: 'failed',
  problem,
  retry: problemCodes[problem.code].retry,
})

interface Context extends FalOptions {
  modelId: string
  traits: ImageTraits
}

/** The key goes where orders are taken, and nowhere else, whatever an answer says. */
function requireOwn(address: string, queue: string): string {
  if (URL.canParse(address) && new URL(address).origin === new URL(queue).origin) return address
  throw nonsenseProblem(vendor, 'an address that is not of its queue')
}

function pendingOf(status: z.infer<typeof Status>): ImageJobState {
  const waiting = status.status === 'IN_QUEUE' ? (status.queue_position ?? 0) : 0
  return {
    state: 'pending',
    progress: progressOf((status.logs ?? []).map(({ message }) => message ?? '').join('\n')),
    retryAfterMs: Math.min(LONGEST_WAIT_MS, LOOK_AGAIN_MS * (1 + waiting)),
  }
}

async function collect(ask: AskJson, ref: Ref, context: Context, signal: AbortSignal): Promise<ImageResult> {
  const { addresses, seed, flagged } = parseResult(await ask({ method: 'GET', url: ref.result, signal }))
  requireCount(addresses, { count: ref.count, vendor })
  const { fetch, local } = context
  const pictures = await fetchPictures({ vendor, addresses, signal, fetch, local })
  return {
    images: pictures.map((bytes, index) => ({
      bytes,
      ...(seed !== undefined && { seed }),
      ...(flagged[index] !== undefined && { flagged: flagged[index] }),
    })),
    usage: null,
    warnings: [],
  }
}

export function createFalImage(context: Context): JobImageModel {
  const { apiKey, fetch, modelId, traits } = context
  const queue = (context.baseURL ?? QUEUE).replace(/\/+$/, '')
  const ask = createAskJson({
    headers: { authorization: `Key ${apiKey}` },
    fetch,
    onFailure: (error) => toNetworkProblem(error, apiKey),
    onRefusal: (refusal) => toProblem(refusal, apiKey),
  })
  const refOf = (operation: string): Ref => Ref.parse(JSON.parse(operation))
  return {
    delivery: 'job',
    async start(asked, { signal, webhookUrl }) {
      const fitted = fitImageRequest(asked, traits)
      const { endpoint, family } = endpointOf(modelId, asked.operation)
      const { request, warnings } = keepKnown(fitted.request, family.knows)
      const hook = webhookUrl === null ? '' : `?fal_webhook=${encodeURIComponent(webhookUrl)}`
      const answer = await ask({
        method: 'POST',
        url: `${queue}/${endpoint}${hook}`,
        body: family.body(request, await maskAddressOf(request, family.mask)),
        signal,
      })
      const order = Order.safeParse(answer)
      if (!order.success) throw nonsenseProblem(vendor, 'an order without its addresses')
      const { status_url: status, response_url: result, cancel_url: cancel } = order.data
      const ref: Ref = {
        status: requireOwn(status, queue),
        result: requireOwn(result, queue),
        cancel: requireOwn(cancel, queue),
        count: request.count,
      }
      return { operation: JSON.stringify(ref), warnings: [...fitted.warnings, ...warnings] }
    },
    async poll(operation, { signal }) {
      const ref = refOf(operation)
      try {
        const status = Status.safeParse(await ask({ method: 'GET', url: `${ref.status}?logs=1`, signal }))
        if (!status.success) throw nonsenseProblem(vendor, 'a state that is none')
        if (atWork.has(status.data.status)) return pendingOf(status.data)
      } catch (error) {
        return lookAgainAfter(error)
      }
      try {
        return { state: 'done', result: await collect(ask, ref, context, signal) }
      } catch (error) {
        if (isProblem(error)) return failed(error)
        throw error
      }
    },
    async cancel(operation, { signal }) {
      try {
        await ask({ method: 'PUT', url: refOf(operation).cancel, signal })
      } catch (error) {
        // It is done already, or cannot be stopped any more.
        if (!isProblem(error)) throw error
      }
    },
  }
}
