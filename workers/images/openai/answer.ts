// POST /v1/images/*: the job is made and worked at in the request that asks for it, and finished where its caller leaves.
import type { CreatedImageJob } from '../create-job.ts'
import type { ImagesContext } from '../context.ts'
import type { ImageJob, ImageProductFacts, StoredImageJob } from '../image-job.ts'
import { answerHeaders } from './answer-headers.ts'
import { collectPictures } from './collect-pictures.ts'
import type { PartialPicture } from './image-events.ts'
import { jobProblem } from './job-problem.ts'
import { toImagesResponse, type Answered } from './to-images-response.ts'

export interface AnswerInput {
  created: CreatedImageJob
  as: 'url' | 'b64_json'
  origin: string
  warnings: readonly string[]
}

/** Until it has ended. The vendor bills it whoever waits for it, so it is finished where nobody does. */
export function driveJob(
  { job: { organizationId, id: jobId }, record }: CreatedImageJob,
  ctx: ImagesContext,
  onPreview?: (picture: PartialPicture) => void,
): Promise<StoredImageJob> {
  const driving = ctx.jobs.drive({
    organizationId,
    jobId,
    signal: ctx.signal,
    ...(onPreview && { onPreview }),
    ...(record.ways.unkept && { input: record }),
  })
  ctx.waitUntil(driving.catch(() => undefined))
  return driving
}

export async function answered(
  job: ImageJob,
  { as, origin }: Pick<AnswerInput, 'as' | 'origin'>,
  ctx: ImagesContext,
): Promise<Answered> {
  if (job.state !== 'succeeded') throw jobProblem(job)
  const pictures = await collectPictures({ job, as, origin }, ctx)
  return { createdAt: job.createdAt, record: job.input, pictures, usage: job.product!.charge.usage }
}

export const warningsOf = ({ product }: ImageJob): string[] =>
  product ? (product.facts as ImageProductFacts).warnings : []

export async function answerWhole(input: AnswerInput, ctx: ImagesContext): Promise<Response> {
  const { created, warnings } = input
  const job = await driveJob(created, ctx)
  const body = JSON.stringify(toImagesResponse(await answered(job, input, ctx)))
  const headers = answerHeaders({
    created: { ...created, job },
    streams: false,
    warnings: [...warnings, ...warningsOf(job)],
    costMicros: job.costMicros,
  })
  return new Response(body, { headers })
}
