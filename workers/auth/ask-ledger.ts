import { isProblem, serviceUnavailable } from '#shared/http/problems'
import type { SystemContext } from './context.ts'
import type { AccountLedger } from './env.ts'

interface Question<T> {
  organizationId: string
  ctx: SystemContext
  ask: (ledger: AccountLedger) => Promise<T>
}

/** A ledger that cannot be asked is no fault of the caller's, and says so. */
export async function askLedger<T>({ organizationId, ctx, ask }: Question<T>): Promise<T> {
  try {
    return await ask(ctx.ledgerOf(organizationId))
  } catch (error) {
    if (isProblem(error)) throw error
    throw serviceUnavailable('The ledger', error instanceof Error ? error.message : String(error))
  }
}
