// Tells the organization's webhooks what has happened. It has happened all the same where the queue cannot be asked.
import type { NoticeType } from '#shared/contracts/notices'
import type { SystemContext } from './context.ts'

interface Told {
  ctx: SystemContext
  organizationId: string
  type: NoticeType
  /** Ids, counts and names; never a secret. */
  data: Record<string, unknown>
}

export async function notify({ ctx, organizationId, type, data }: Told): Promise<void> {
  try {
    await ctx.notices.send({ id: ctx.createId('event'), organizationId, type, at: ctx.now(), data })
  } catch (error) {
    ctx.logger.error('notice-lost', {
      organization_id: organizationId,
      type,
      internal: error instanceof Error ? error.message : String(error),
    })
  }
}
