// How a picture is made: what the engine of jobs is told to do, and when, by whom it is asked.
import { isProblem, Problem } from '#shared/http/problems'
import type { Asked, JobHandler, JobTools } from '#shared/jobs/handler'
import type { ImageModel, ImageRequest, ImageResult } from '#shared/providers/spec/image-model'
import { fitInputs } from './fit-inputs.ts'
import { inStep, judgesResults, type HandlerParts, type StepContext } from './handler-parts.ts'
import { isWordless, shownInput, type ImageJob, type ImageJobRecord } from './image-job.ts'
import { keepPictures, toWarning } from './keep-pictures.ts'
import { openPictures } from './open-pictures.ts'
import { discardPictures, publishPictures } from './publish-pictures.ts'
import { translatePrompt } from './prompts/prompts.ts'
import { examinePrompt } from './safety/examine.ts'
import { toImageRequest } from './to-image-request.ts'

/** How long a vendor may take over being told to stop: nobody waits for it. */
const STOP_MS = 5_000

const interrupted = (): Problem =>
  new Problem(
    'internal_error',
    'The request was interrupted. Your organization keeps nothing of its requests, so it cannot be taken up again. Nothing was charged.',
  )

/** The words of an organization that keeps nothing are where they were asked: another Worker does not have them. */
function requireWords({ input }: ImageJob): void {
  if (input.ways.unkept && input.ways.prompt === '' && !isWordless(input.operation)) throw interrupted()
}

async function translated(job: ImageJob, { payer }: StepContext, parts: HandlerParts) {
  const { ways } = job.input
  if (!ways.translates || ways.translated !== null) return
  const { writer, createId, languageOf } = parts
  const ctx = { organizationId: job.organizationId, payer: await payer(), writer, createId, languageOf }
  const { prompt } = await translatePrompt({ prompt: ways.prompt, ctx })
  ways.translated = prompt
  if (!ways.unkept) await parts.saveWays(job, { translated: prompt })
}

/** The order has failed, not the way to the vendor: looking at it once more would show the same. */
function asItsOwn(problem: Error): Error {
  if (!isProblem(problem)) return problem
  const { upstream: _, ...details } = problem.details
  return new Problem(problem.code, problem.message, details)
}

/** Its order is with the vendor: what cannot be noted now is no reason to lose it. */
async function note(job: ImageJob, warnings: string[], parts: HandlerParts): Promise<void> {
  const { ways } = job.input
  if (warnings.length === 0) return
  ways.warnings = warnings
  if (ways.unkept) return
  await parts.saveWays(job, { warnings }).catch(() => parts.logger.warn('warnings-not-noted', { job_id: job.id }))
}

interface Asking {
  job: ImageJob
  image: ImageModel
  request: ImageRequest
  /** Nobody may see what was not judged. */
  hidden: boolean
  tools: JobTools
}

async function askModel(
  { job, image, request, hidden, tools }: Asking,
  parts: HandlerParts,
): Promise<Asked<ImageResult>> {
  const options = { signal: tools.signal, idempotencyKey: job.id }
  if (image.delivery === 'job') {
    const webhookUrl = parts.webhookUrl(job.provider as Parameters<HandlerParts['webhookUrl']>[0], job.id)
    const { operation, warnings } = await image.start(request, { ...options, webhookUrl })
    await note(job, warnings.map(toWarning), parts)
    return { operation, progress: null }
  }
  tools.report({ stage: 'making' })
  const done = await image.generate(request, {
    ...options,
    onProgress: (progress) => tools.report({ progress }),
    ...(!hidden && { onPartial: (picture) => tools.preview(picture) }),
  })
  return { done }
}

export const createImageHandler = (parts: HandlerParts): JobHandler<ImageJobRecord, ImageResult> => ({
  service: 'images',
  show: shownInput,
  maxAttempts: 4,

  ask: (job, tools) =>
    inStep(job, tools, parts, async (ctx) => {
      requireWords(job)
      tools.report({ stage: 'asking' })
      await translated(job, ctx, parts)
      const { ways } = job.input
      const hidden = judgesResults(ctx.snapshot)
      await examinePrompt(ways.prompt, {
        guard: ctx.guard,
        mode: parts.moderation,
        judgesResults: hidden,
        moderations: ctx.registries.moderations,
        signal: tools.signal,
        logger: parts.logger,
      })
      const { image, model } = ctx.registries.images.resolve(job.model)
      const pictures = await fitInputs(await openPictures(job, parts.library), model.image, parts.library)
      const request = toImageRequest(job.input, pictures)
      return askModel({ job, image, request, hidden, tools }, parts)
    }),

  look: (job, tools) =>
    inStep(job, tools, parts, async ({ registries }) => {
      const { image } = registries.images.resolve(job.model)
      if (image.delivery !== 'job' || job.operation === null) throw interrupted()
      const state = await image.poll(job.operation, { signal: tools.signal })
      if (state.state === 'failed') throw asItsOwn(state.problem)
      if (state.state === 'done') return { done: state.result }
      return { operation: job.operation, afterMs: state.retryAfterMs, progress: state.progress }
    }),

  keep: (job, result, tools) => keepPictures({ job, result, tools }, parts),
  publish: (job) => publishPictures(job, parts),
  discard: (job) => discardPictures(job, parts),

  async stop(job) {
    if (job.operation === null) return
    const snapshot = await parts.ledger(job.organizationId).policy()
    const { images } = await parts.registriesOf(job.organizationId, snapshot)
    const { image } = images.resolve(job.model)
    if (image.delivery === 'job') await image.cancel(job.operation, { signal: AbortSignal.timeout(STOP_MS) })
  },
})
