// What a job has made, for the answer: the bytes, or addresses at which they are for a while.
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import type { ImagesContext } from '../context.ts'
import type { ImageJob, ImageProductFacts } from '../image-job.ts'
import type { AnsweredPicture } from './to-images-response.ts'

const ADDRESS_LIVES_SECONDS = 3_600

/** The answer of a repeated request whose pictures were deleted, or were never kept. */
const notKept = ({ requestId }: ImageJob) => toAdmissionProblem({ ok: false, code: 'replay', requestId })

interface Wanted {
  job: ImageJob
  as: 'url' | 'b64_json'
  /** Where the caller reaches us. */
  origin: string
}

async function placeOf(itemId: string, { job, as, origin }: Wanted, { library }: ImagesContext) {
  const { organizationId, userId } = job
  if (as === 'url') {
    const url = await library.signedUrl({ organizationId, itemId, expiresInSeconds: ADDRESS_LIVES_SECONDS })
    return { url: new URL(url, origin).href }
  }
  const opened = await library.open({ organizationId, userId, itemId, staged: true })
  if (!opened) throw notKept(job)
  return { bytes: opened.bytes }
}

export async function collectPictures(wanted: Wanted, ctx: ImagesContext): Promise<AnsweredPicture[]> {
  const { job } = wanted
  const { itemIds, facts } = job.product!
  const { pictures } = facts as ImageProductFacts
  const { unkept } = job.input.ways
  const collected: AnsweredPicture[] = []
  for (const [at, itemId] of itemIds.entries())
    collected.push({
      itemId: unkept ? null : itemId,
      fact: pictures[at]!,
      at: await placeOf(itemId, wanted, ctx),
    })
  // They are in the answer, and nowhere else from now on.
  if (unkept) ctx.waitUntil(ctx.library.discard({ organizationId: job.organizationId, itemIds }))
  return collected
}
