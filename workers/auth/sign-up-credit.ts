// The credit that a new person may spend. Only a personal organization gets it, and a person has exactly
// one of those: if every organization did, anyone could mint credit by founding them.
import { and, eq, isNull } from 'drizzle-orm'
import { organizations } from '#db/schema/auth'
import type { SystemContext } from './context.ts'

/** The grant's name in the ledger, which grants each name once, however often it is asked. */
export const SIGN_UP_GRANT_ID = 'signup'

/** Where addresses must be confirmed, credit is for people and not for addresses that somebody has made up. */
export const mayHaveCredit = ({ emailVerified }: { emailVerified: boolean }, ctx: SystemContext): boolean =>
  emailVerified || !ctx.settings.requireVerifiedEmail

/** False where the ledger could not be asked: the next sign of life of this person asks again. */
export async function grantSignUpCredit({
  organizationId,
  ctx,
}: {
  organizationId: string
  ctx: SystemContext
}): Promise<boolean> {
  const amountMicros = ctx.settings.signUpCreditMicros
  try {
    if (amountMicros > 0)
      await ctx.ledgerOf(organizationId).grant({ id: SIGN_UP_GRANT_ID, amountMicros, note: 'sign-up credit' })
    await ctx.db
      .update(organizations)
      .set({ creditGrantedAt: ctx.now() })
      .where(and(eq(organizations.id, organizationId), isNull(organizations.creditGrantedAt)))
    return true
  } catch (error) {
    ctx.logger.warn('sign-up-credit-postponed', {
      organization_id: organizationId,
      internal: error instanceof Error ? error.message : String(error),
    })
    return false
  }
}
