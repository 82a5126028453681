// Notices of money. Each is named by what it tells, so that it is told once however often its cause is found; it is
// sent before the row says that it happened, so that a Worker that is lost between the two tells it still.
import type { NoticeType } from '#shared/contracts/notices'
import { fold } from './fold.ts'
import type { MoneyContext } from './money-context.ts'

export interface Told {
  organizationId: string
  type: NoticeType
  /** What of this type it is about: the same words are the same notice. */
  about: string
  /** Ids, counts and names; never a secret. */
  data: Record<string, unknown>
}

export async function tell({ organizationId, type, about, data }: Told, ctx: MoneyContext): Promise<void> {
  const id = `evt_${await fold(`${organizationId} ${type} ${about}`)}`
  await ctx.notices.send({ id, organizationId, type, at: ctx.clock(), data })
}
