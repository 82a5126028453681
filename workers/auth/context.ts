// Builds what a verb needs from the bindings: the only file that knows them.
import type { Context } from 'hono'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { drizzle } from 'drizzle-orm/d1'
import * as schema from '#db/schema/auth'
import { createLogger, type Logger } from '#shared/http/log'
import type { ServiceEnv } from '#shared/http/create-service-app'
import { createIds, type CreateId } from '#shared/lib/ids'
import { objectOf } from '#shared/lib/object-of'
import type { Principal } from '#shared/contracts/principal'
import type { AccountLedger, AuthEnv, BillingAnswers } from './env.ts'
import { createMailer, type Mailer } from './mail/mailer.ts'
import { authSettings, type AuthSettings } from './settings.ts'
import { createKnownModels, type KnownModels } from './known-models.ts'
import type { RateLimiterRpc } from '#shared/contracts/rate-limiter'
import type { Erasure } from '#shared/contracts/account'
import type { NoticeQueue } from '#shared/contracts/notices'

const openDatabase = (database: D1Database) => drizzle(database, { schema })

export type Database = ReturnType<typeof openDatabase>

export interface PasswordHash {
  hash(password: string): Promise<string>
  verify(input: { hash: string; password: string }): Promise<boolean>
}

/** What the platform itself has, whoever is calling. */
export interface SystemContext {
  db: Database
  secret: string
  settings: AuthSettings
  ledgerOf(organizationId: string): AccountLedger
  limiterOf(name: string): RateLimiterRpc
  mailer: Mailer
  passwords: PasswordHash
  requestErasure(erasure: Erasure): Promise<void>
  notices: NoticeQueue
  billing: BillingAnswers
  models: KnownModels
  createId: CreateId
  now(): number
  logger: Logger
}

/** The same, for one request. */
export interface AuthContext extends SystemContext {
  /** The same for every request, to keep things by. */
  system: SystemContext
  principal: Principal
  /** Where this request came in: `https://riwaq.example`. */
  origin: string
  address: string
  headers: Headers
}

const MINIMAL_SECRET = 32

function createSystemContext(env: AuthEnv): SystemContext {
  if ((env.BETTER_AUTH_SECRET ?? '').length < MINIMAL_SECRET)
    throw new Error(`BETTER_AUTH_SECRET must be set: ${MINIMAL_SECRET} characters or more`)
  const settings = authSettings(env)
  const logger = createLogger({ service: 'auth' })
  return {
    db: openDatabase(env.DB),
    secret: env.BETTER_AUTH_SECRET,
    settings,
    ledgerOf: (organizationId) => objectOf(env.LEDGER, { organizationId, settings: env }),
    limiterOf: (name) => env.RATE_LIMITER.getByName(name),
    mailer: createMailer({ send: (message) => env.EMAIL.send(message), from: settings.mailFrom, logger }),
    passwords: { hash: hashPassword, verify: verifyPassword },
    // A queue has one consumer: each service that keeps something has its own.
    requestErasure: async (erasure) =>
      void (await Promise.all(
        [env.ERASURES, env.WEBHOOK_ERASURES, env.BILLING_ERASURES, env.LIBRARY_ERASURES, env.IMAGE_ERASURES].map(
          (queue) => queue.send(erasure),
        ),
      )),
    notices: { send: (notice) => env.NOTICES.send(notice) },
    billing: {
      welcome: (input) => env.BILLING_RPC.welcome(input),
      seatsOf: (input) => env.BILLING_RPC.seatsOf(input),
      subscribed: (input) => env.BILLING_RPC.subscribed(input),
    },
    models: createKnownModels(env),
    createId: createIds(),
    now: () => Date.now(),
    logger,
  }
}

const contexts = new WeakMap<AuthEnv, SystemContext>()

/** Made once for each isolate: nothing in it belongs to a request. */
export function systemContext(env: AuthEnv): SystemContext {
  let context = contexts.get(env)
  if (!context) {
    context = createSystemContext(env)
    contexts.set(env, context)
  }
  return context
}

export type AuthHono = Context<ServiceEnv<AuthEnv>>

export function authContext(c: AuthHono): AuthContext {
  const system = systemContext(c.env)
  return {
    ...system,
    system,
    principal: c.get('principal'),
    origin: new URL(c.req.url).origin,
    address: c.req.header('x-riwaq-client-address') ?? 'local',
    headers: c.req.raw.headers,
    logger: c.get('logger'),
  }
}
