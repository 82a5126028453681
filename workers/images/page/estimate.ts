// What a job would cost, before anybody presses the button.
import type { ImageEstimate } from '#shared/contracts/images'
import { imageCharge } from '#shared/metering/image-price'
import type { ImagesContext } from '../context.ts'
import { preparePicture, type ImageAsk } from '../prepare-picture.ts'
import { sizesOf, toImageRequest } from '../to-image-request.ts'

export async function estimateJob(ask: ImageAsk, ctx: ImagesContext): Promise<ImageEstimate> {
  const snapshot = await ctx.ledger.policy()
  ctx.policies.keep(ctx.organizationId, snapshot)
  const { model, record, ceilingMicros } = await preparePicture(ask, snapshot, ctx)
  const { availableMicros } = await ctx.ledger.balance()
  const { size } = record.ways
  const likely = imageCharge({
    model,
    request: toImageRequest(record, sizesOf(record)),
    result: { count: record.count, usage: null, sizes: size ? Array.from({ length: record.count }, () => size) : [] },
  })
  return {
    max_micros: ceilingMicros,
    likely_micros: likely.amountMicros,
    available_micros: availableMicros,
    affordable: availableMicros >= ceilingMicros,
    translates: record.ways.translates,
  }
}
