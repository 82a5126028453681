// What was paid for is there from now on: in the library, and on its owner's open pages.
import { itemIdOf } from '#shared/contracts/library'
import type { HandlerParts } from './handler-parts.ts'
import type { ImageJob } from './image-job.ts'
import { sentPictures } from './open-pictures.ts'
import { splitCost } from './split-cost.ts'

type Parts = Pick<HandlerParts, 'library' | 'feed' | 'logger'>

async function tell(job: ImageJob, items: Awaited<ReturnType<Parts['library']['publish']>>, parts: Parts) {
  const { organizationId } = job
  const { used_bytes, quota_bytes } = await parts.library.storage({ organizationId })
  await parts
    .feed(job)
    .publish([...items.map((item) => ({ type: 'item' as const, item })), { type: 'storage', used_bytes, quota_bytes }])
}

export async function publishPictures(job: ImageJob, parts: Parts): Promise<void> {
  const { organizationId, product, input } = job
  const itemIds = product?.itemIds ?? []
  const costMicros = splitCost(job.costMicros, itemIds.length)
  // What may rest nowhere waits unseen until it was sent, and is gone then.
  if (!input.ways.unkept) {
    const { collection_id: collectionId } = input
    const items = await parts.library.publish({
      organizationId,
      itemIds,
      costMicros,
      ...(collectionId && { collectionId }),
    })
    // Pages that are not told ask the library when they open.
    if (!input.ways.temporary)
      await tell(job, items, parts).catch((error: unknown) =>
        parts.logger.warn('feed-not-told', { cause: error instanceof Error ? error.message : String(error) }),
      )
  }
  const sent = sentPictures(job)
  if (sent.length > 0) await parts.library.discard({ organizationId, itemIds: sent })
}

/** Also what a Worker that was lost had kept and could not say. Pictures that were sent wait a day for another try. */
export async function discardPictures(job: ImageJob, { library }: Pick<HandlerParts, 'library'>): Promise<void> {
  const { organizationId, input } = job
  const made = Array.from({ length: input.count }, (_, at) => itemIdOf(job.id, at))
  await library.discard({ organizationId, itemIds: input.ways.unkept ? [...made, ...sentPictures(job)] : made })
}
