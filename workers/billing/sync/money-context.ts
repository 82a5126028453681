// What the verbs of money need. Made in `context.ts`; a test brings its own.
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import type Stripe from 'stripe'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { NoticeQueue } from '#shared/contracts/notices'
import type { Logger } from '#shared/http/log'
import type { Clock } from '#shared/lib/clock'
import type { CreateId } from '#shared/lib/ids'

export type MoneyLedger = Pick<
  LedgerRpc,
  'grant' | 'takeBack' | 'giveBack' | 'expireSeries' | 'balance' | 'credits' | 'setPlan'
>

export interface MoneyContext {
  stripe: Stripe
  db: DrizzleD1Database
  ledgerOf(organizationId: string): MoneyLedger
  notices: NoticeQueue
  /** Tells the ledger what the organization's plan gives it now. */
  applyPlan(input: { organizationId: string }): Promise<unknown>
  /** Days between a payment that failed and the stop of paid calls. */
  graceDays: number
  clock: Clock
  createId: CreateId
  logger: Logger
}

/** Stripe's object, and what looks at it. */
export interface Looked {
  id: string
  ctx: MoneyContext
}
