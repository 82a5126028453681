// The queues that this service consumes, and what it does with each.
import { z } from 'zod'
import { noticeTypes } from '#shared/contracts/notices'
import { consume } from './consume.ts'
import type { SystemContext } from './context.ts'
import { deliver } from './deliver.ts'
import { deliverNotice, receiveNotice } from './receive-notice.ts'
import { sweepSometimes } from './sweep.ts'

const Id = z.string().min(1).max(100)

const NoticeMessage = z.object({
  id: Id,
  organizationId: Id,
  type: z.enum(noticeTypes),
  at: z.number().int(),
  data: z.record(z.string(), z.unknown()),
})

const NudgeMessage = z.object({ organizationId: Id, deliveryId: Id })

const ErasureMessage = z.object({ organizationId: Id.optional(), userId: z.string() })

type Consumer = (batch: MessageBatch<unknown>, ctx: SystemContext) => Promise<void>

const consumers: Record<string, Consumer> = {
  async 'riwaq-notices'(batch, ctx) {
    await consume({
      batch,
      schema: NoticeMessage,
      work: (notice) => receiveNotice({ notice, ctx }),
      logger: ctx.logger,
    })
    // Whoever is told of something now may have been forgotten before.
    await sweepSometimes({ ctx })
  },

  'riwaq-webhook-deliveries': (batch, ctx) =>
    consume({ batch, schema: NudgeMessage, work: (nudge) => deliver({ nudge, ctx }), logger: ctx.logger }),

  /** What a member alone leaves is nothing: webhooks are the organization's. */
  'riwaq-webhook-erasures': (batch, ctx) =>
    consume({
      batch,
      schema: ErasureMessage,
      work: async ({ organizationId }) => {
        if (organizationId !== undefined) await ctx.upkeep.eraseOrganization({ organizationId })
      },
      logger: ctx.logger,
    }),

  /** What was asked so often in vain is its mail, or a database that was away for long: the deliveries can still be made. */
  'riwaq-notices-dead': (batch, ctx) =>
    consume({
      batch,
      schema: NoticeMessage,
      work: async (notice) => {
        const { id, organizationId, type } = notice
        ctx.logger.error('notice-mail-given-up', { event_id: id, organization_id: organizationId, type })
        await deliverNotice({ notice, ctx })
      },
      logger: ctx.logger,
    }),

  /** Shown as failed in the delivery log, from where it can be asked for again. */
  'riwaq-webhook-deliveries-dead': (batch, ctx) =>
    consume({
      batch,
      schema: NudgeMessage,
      work: async ({ organizationId, deliveryId: id }) => {
        ctx.logger.error('delivery-given-up', { delivery_id: id, organization_id: organizationId })
        await ctx.deliveries.end({ organizationId, id }, { status: 'failed', now: ctx.now() })
      },
      logger: ctx.logger,
    }),
}

export async function consumeQueue(batch: MessageBatch<unknown>, ctx: SystemContext): Promise<void> {
  const consumer = consumers[batch.queue]
  if (!consumer) throw new Error(`nothing is known of the queue ${batch.queue}`)
  await consumer(batch, ctx)
}
