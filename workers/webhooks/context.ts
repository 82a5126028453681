// What a verb needs, built from the environment and the principal: the only file here that knows `env`.
import type { Context } from 'hono'
import { drizzle } from 'drizzle-orm/d1'
import type { AuthQuestions } from '#shared/contracts/account'
import type { NoticeQueue } from '#shared/contracts/notices'
import type { Principal } from '#shared/contracts/principal'
import type { ServiceEnv } from '#shared/http/create-service-app'
import { createLogger, type Logger } from '#shared/http/log'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createIds, type CreateId } from '#shared/lib/ids'
import { createDeliveryRows, type DeliveryRows } from './delivery-rows.ts'
import { createEndpointRows, type EndpointRows } from './endpoint-rows.ts'
import type { Nudge, WebhooksEnv } from './env.ts'
import { createEventRows, type EventRows } from './event-rows.ts'
import { createSecretBox, type SecretBox } from './secret-box.ts'
import { webhookSettings, type WebhookSettings } from './settings.ts'
import { createUpkeepRows, type UpkeepRows } from './upkeep-rows.ts'

/** What the platform itself has, whoever is calling. */
export interface SystemContext {
  endpoints: EndpointRows
  deliveries: DeliveryRows
  events: EventRows
  upkeep: UpkeepRows
  /** Tells the queue which deliveries are worth a look. */
  nudge(nudges: Nudge[]): Promise<void>
  notices: NoticeQueue
  auth: Pick<AuthQuestions, 'roleOf' | 'mailNotice' | 'recordAudit'>
  box: SecretBox
  settings: WebhookSettings
  createId: CreateId
  now: Clock
  random(): number
  /** When this isolate swept last. */
  swept: { at: number }
  fetch: typeof fetch
  timeout(milliseconds: number): AbortSignal
  logger: Logger
}

/** The same, for one request. */
export interface WebhooksContext extends SystemContext {
  principal: Principal
}

/** A queue takes a hundred messages at once. */
const AT_ONCE = 100

function createSystemContext(env: WebhooksEnv): SystemContext {
  const db = drizzle(env.DB)
  return {
    endpoints: createEndpointRows(db),
    deliveries: createDeliveryRows(db),
    events: createEventRows(db),
    upkeep: createUpkeepRows(db),
    async nudge(nudges) {
      for (let from = 0; from < nudges.length; from += AT_ONCE)
        await env.DELIVERIES.sendBatch(nudges.slice(from, from + AT_ONCE).map((body) => ({ body })))
    },
    notices: env.NOTICES,
    auth: env.AUTH_RPC,
    box: createSecretBox(env.WEBHOOKS_KEY),
    settings: webhookSettings(env),
    createId: createIds(),
    now: systemClock,
    random: Math.random,
    swept: { at: 0 },
    fetch: (input, init) => fetch(input, init),
    timeout: (milliseconds) => AbortSignal.timeout(milliseconds),
    logger: createLogger({ service: 'webhooks' }),
  }
}

const contexts = new WeakMap<WebhooksEnv, SystemContext>()

/** Made once for each isolate: nothing in it belongs to a request. */
export function systemContext(env: WebhooksEnv): SystemContext {
  let context = contexts.get(env)
  if (!context) {
    context = createSystemContext(env)
    contexts.set(env, context)
  }
  return context
}

export type WebhooksHono = Context<ServiceEnv<WebhooksEnv>>

/** What comes from outside the service; a test brings its own. */
export type SystemContextOf = (env: WebhooksEnv) => SystemContext

export const webhooksContext = (c: WebhooksHono, systemOf: SystemContextOf): WebhooksContext => ({
  ...systemOf(c.env),
  principal: c.get('principal'),
  logger: c.get('logger'),
})
