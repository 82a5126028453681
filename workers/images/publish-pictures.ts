// What was paid for is in the library from now on.
import { itemIdOf } from '#shared/contracts/library'
import type { HandlerParts } from './handler-parts.ts'
import type { ImageJob } from './image-job.ts'
import { sentPictures } from './open-pictures.ts'
import { splitCost } from './split-cost.ts'

type Parts = Pick<HandlerParts, 'library'>

export async function publishPictures(job: ImageJob, { library }: Parts): Promise<void> {
  const { organizationId, product, input } = job
  const itemIds = product?.itemIds ?? []
  const costMicros = splitCost(job.costMicros, itemIds.length)
  // What may rest nowhere waits unseen until it was sent, and is gone then.
  if (!input.ways.unkept) {
    const { collection_id: collectionId } = input
    // The library tells its owner's open pages itself.
    await library.publish({ organizationId, itemIds, costMicros, ...(collectionId && { collectionId }) })
  }
  const sent = sentPictures(job)
  if (sent.length > 0) await library.discard({ organizationId, itemIds: sent })
}

/** Also what a Worker that was lost had kept and could not say. Pictures that were sent wait a day for another try. */
export async function discardPictures(job: ImageJob, { library }: Parts): Promise<void> {
  const { organizationId, input } = job
  const made = Array.from({ length: input.count }, (_, at) => itemIdOf(job.id, at))
  await library.discard({ organizationId, itemIds: input.ways.unkept ? [...made, ...sentPictures(job)] : made })
}
