// Keeps an answer with everything that its successor needs.
import type { ResponseObject, ResponsesRequest } from '#shared/contracts/responses'
import type { OrganizationPolicy } from '#shared/contracts/policy'
import type { DialectContext, KeepAnswer } from '../dialect.ts'
import { itemsOf, toListedItem } from './items.ts'

const DAY_MS = 24 * 60 * 60_000

export const retentionDaysOf = (
  policy: Pick<OrganizationPolicy, 'zero_retention' | 'response_retention_days'>,
): number => (policy.zero_retention ? 0 : policy.response_retention_days)

/** Null where nothing is to be kept: the caller, or their organization, said so. */
export function keeperOf(
  body: ResponsesRequest,
  ctx: Pick<DialectContext, 'organizationId' | 'responses' | 'clock' | 'logger'> & {
    policy: Pick<OrganizationPolicy, 'zero_retention' | 'response_retention_days'>
    userId: string | null
  },
): KeepAnswer | null {
  const days = retentionDaysOf(ctx.policy)
  if (body.store === false || days === 0) return null
  return async (answer) => {
    try {
      const at = ctx.clock()
      // What a vendor wrote is kept as it wrote it; only what we read of it later is asserted here.
      const response = answer as ResponseObject
      const { organizationId, userId } = ctx
      return await ctx.responses.keep(
        { response, input: itemsOf(body).map(toListedItem) },
        { organizationId, userId, at, expiresAt: at + days * DAY_MS },
      )
    } catch (error) {
      ctx.logger?.warn('response-not-kept', { cause: error instanceof Error ? error.message : String(error) })
      return false
    }
  }
}
