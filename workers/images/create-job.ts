// A job for pictures: prepared under the organization's policy, admitted by its ledger, born; and the pictures that came
// with the request put where any Worker can find them.
import { itemIdOf } from '#shared/contracts/library'
import { Problem } from '#shared/http/problems'
import type { CreatedJob, NewJob } from '#shared/jobs/types'
import type { InputPicture } from '#shared/providers/spec/image-model'
import { underPolicy } from '#shared/policy/under-policy'
import type { ImagesContext } from './context.ts'
import { INPUTS_FROM, MASK_AT, type ImageJobRecord, type StoredImageJob } from './image-job.ts'
import { placeOf, preparePicture, withoutWords, type ImageAsk, type PreparedPicture } from './prepare-picture.ts'

/** A picture takes seconds, a queue minutes; whoever waits longer does not wait any more. */
const LIFETIME_MS = 15 * 60_000

export interface CreateInput {
  ask: ImageAsk
  idempotency: { key: string; fingerprint: string } | null
  /** The caller works at it in its own request. */
  driven: boolean
  /** It stands in for one that ended without success. */
  insteadOf?: StoredImageJob
}

export interface CreatedImageJob extends CreatedJob<ImageJobRecord> {
  warnings: string[]
  /** With its words, also where the row has none. */
  record: ImageJobRecord
}

interface Sent {
  itemId: string
  picture: InputPicture
}

/** What came with the request, named after the job. */
function named(record: ImageJobRecord, ask: ImageAsk, jobId: string): { record: ImageJobRecord; sent: Sent[] } {
  const sent: Sent[] = []
  const name = (place: string, at: number, picture: InputPicture | null) => {
    const itemId = itemIdOf(jobId, at)
    if (picture) sent.push({ itemId, picture })
    return { place, itemId }
  }
  const names = new Map(
    [
      ...ask.images.map((picture, at) => name(placeOf(at), INPUTS_FROM + at, picture.itemId === null ? picture : null)),
      name(placeOf('mask'), MASK_AT, ask.mask?.itemId === null ? ask.mask : null),
    ].map(({ place, itemId }) => [place, itemId]),
  )
  const { ways } = record
  const rename = <P extends { itemId: string }>(picture: P): P => ({
    ...picture,
    itemId: names.get(picture.itemId) ?? picture.itemId,
  })
  return {
    sent,
    record: {
      ...record,
      ways: { ...ways, pictures: ways.pictures.map(rename), mask: ways.mask && rename(ways.mask) },
    },
  }
}

/** Unseen, uncounted, and gone when the job is done. */
async function store(sent: Sent[], job: StoredImageJob, { library }: ImagesContext): Promise<void> {
  for (const { itemId, picture } of sent) {
    const staged = await library.stage({
      itemId,
      organizationId: job.organizationId,
      userId: job.userId,
      kind: 'image',
      source: 'uploaded',
      jobId: job.id,
      title: '',
      bytes: picture.bytes,
      provenance: null,
      temporary: true,
    })
    if (!staged.ok)
      throw new Problem(staged.fault, 'A picture that came with the request cannot be used.', { param: 'image' })
  }
}

/** Nothing is paid for that there is no room for; callers of the API are given their pictures all the same. */
async function requireRoom({ ask: { via } }: CreateInput, { library, organizationId }: ImagesContext): Promise<void> {
  if (via === 'api') return
  const { used_bytes: used, quota_bytes: quota } = await library.storage({ organizationId })
  if (quota === null || used < quota) return
  throw new Problem(
    'storage_exhausted',
    `The library is full: ${used} of ${quota} bytes are used. Delete what is not needed, or choose a larger plan.`,
    { facts: { used_bytes: used, quota_bytes: quota } },
  )
}

type Admitted = CreatedJob<ImageJobRecord> & { sent: Sent[]; record: ImageJobRecord }

async function admit(prepared: PreparedPicture, input: CreateInput, version: number, ctx: ImagesContext) {
  const { model, ceilingMicros } = prepared
  const { jobs, organizationId, payer, requestId, createId } = ctx
  const id = createId('job')
  const { record, sent } = named(prepared.record, input.ask, id)
  const job: NewJob<ImageJobRecord> = {
    organizationId,
    id,
    kind: record.operation,
    input: withoutWords(record),
    admission: {
      requestId,
      payer,
      scope: 'images',
      service: 'images',
      model: model.id,
      provider: model.vendor,
      ceilingMicros,
      floorMicros: ceilingMicros,
      policyVersion: version,
      ...(input.idempotency && { idempotency: input.idempotency }),
    },
    lifetimeMs: LIFETIME_MS,
    joins: true,
    // Until its pictures are there nobody may begin.
    driven: input.driven || sent.length > 0,
  }
  const created = await (input.insteadOf ? jobs.retry(input.insteadOf, job) : jobs.create(job))
  return 'ok' in created ? created : ({ ...created, sent, record } satisfies Admitted)
}

async function begin({ job, sent }: Admitted, input: CreateInput, ctx: ImagesContext): Promise<void> {
  const { organizationId, id: jobId } = job
  try {
    await store(sent, job, ctx)
  } catch (error) {
    await ctx.jobs.cancel({ organizationId, jobId })
    throw error
  }
  if (!input.driven) await ctx.enqueue({ organizationId, jobId })
}

export async function createImageJob(input: CreateInput, ctx: ImagesContext): Promise<CreatedImageJob> {
  await requireRoom(input, ctx)
  const { prepared, outcome } = await underPolicy<PreparedPicture, Admitted>({
    ctx,
    prepare: (snapshot) => preparePicture(input.ask, snapshot, ctx),
    admit: (ready, { version }) => admit(ready, input, version, ctx),
  })
  const { job, replayed, rateLimit, sent, record } = outcome
  if (!replayed && sent.length > 0) await begin(outcome, input, ctx)
  return { job, replayed, rateLimit, record, warnings: prepared.warnings }
}
