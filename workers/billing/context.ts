// What the verbs of this service need, made from the environment and the principal. The only file that knows both.
import type { Context } from 'hono'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import type Stripe from 'stripe'
import type { AuthQuestions, ServiceAudit } from '#shared/contracts/account'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { NoticeQueue } from '#shared/contracts/notices'
import type { Principal } from '#shared/contracts/principal'
import type { ServiceEnv } from '#shared/http/create-service-app'
import { createLogger, type Logger } from '#shared/http/log'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createIds, type CreateId } from '#shared/lib/ids'
import { objectOf } from '#shared/lib/object-of'
import { ask } from './ask.ts'
import type { BillingEnv } from './env.ts'
import { createBook, type Book } from './repository.ts'
import { billingSettings, type BillingSettings } from './settings.ts'
import type { JobQueue } from './stripe-events/jobs.ts'
import { createStripe } from './stripe.ts'

export type { BillingEnv } from './env.ts'

export type Database = DrizzleD1Database & { $client: D1Database }

/** What the service has whoever is asking, and where nobody is: an event, a queue, a night's run. */
export interface BillingSystem {
  db: Database
  /** Null where nothing is sold. See `stripeOf`. */
  stripe: Stripe | null
  settings: BillingSettings
  ledgerOf(organizationId: string): LedgerRpc
  roleOf: AuthQuestions['roleOf']
  organizationOf: AuthQuestions['organizationOf']
  organizationIdsAfter: AuthQuestions['organizationIdsAfter']
  /** Before the change is made: what cannot be recorded is not done. */
  audit(audit: ServiceAudit): Promise<void>
  notices: NoticeQueue
  /** What is to be looked at soon, and by nobody who waits for it. */
  jobs: JobQueue
  clock: Clock
  createId: CreateId
  logger: Logger
}

/** The same, for one request. */
export interface BillingContext extends BillingSystem {
  principal: Principal
}

function createSystem(env: BillingEnv): BillingSystem {
  const settings = billingSettings(env)
  return {
    db: drizzle(env.DB),
    stripe: settings.stripe && createStripe(settings.stripe),
    settings,
    ledgerOf: (organizationId) => objectOf(env.LEDGER, { organizationId, settings: env }),
    roleOf: (input) => env.AUTH_RPC.roleOf(input),
    organizationOf: (input) => env.AUTH_RPC.organizationOf(input),
    organizationIdsAfter: (input) => env.AUTH_RPC.organizationIdsAfter(input),
    audit: (audit) => ask('The accounts service', () => env.AUTH_RPC.recordAudit(audit)),
    notices: { send: (notice) => env.NOTICES.send(notice) },
    jobs: {
      send: (job, options) => env.STRIPE_EVENTS.send(job, options),
      sendBatch: (jobs) => env.STRIPE_EVENTS.sendBatch(jobs),
    },
    clock: systemClock,
    createId: createIds(),
    logger: createLogger({ service: 'billing' }),
  }
}

const systems = new WeakMap<BillingEnv, BillingSystem>()

/** Made once for each isolate: nothing in it belongs to a request. */
export function billingSystem(env: BillingEnv): BillingSystem {
  let system = systems.get(env)
  if (!system) {
    system = createSystem(env)
    systems.set(env, system)
  }
  return system
}

export const billingContext = (c: Context<ServiceEnv<BillingEnv>>): BillingContext => ({
  ...billingSystem(c.env),
  principal: c.get('principal'),
  logger: c.get('logger'),
})

export const bookOf = (env: BillingEnv): Book => createBook(env.DB)
