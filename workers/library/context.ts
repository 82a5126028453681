// What a verb needs, built from the environment and the principal: the only file here that knows `env`.
import type { Context } from 'hono'
import { drizzle } from 'drizzle-orm/d1'
import type { AuthQuestions } from '#shared/contracts/account'
import { feedName, type FeedRpc } from '#shared/contracts/feed'
import type { ServiceEnv } from '#shared/http/create-service-app'
import { createLogger, type Logger } from '#shared/http/log'
import { requirePermission } from '#shared/http/require-permission'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createIds, type CreateId } from '#shared/lib/ids'
import { objectOf } from '#shared/lib/object-of'
import type { LibraryEnv } from './env.ts'
import type { Viewer } from './item-row.ts'
import { createItemRows, type Database, type ItemRows } from './item-rows.ts'
import type { Bucket } from './media-store.ts'
import type { Pixels } from './pixels/index.ts'
import { createQuotas, quotaSetting } from './quota.ts'
import { createSigner, type Signer } from './signer.ts'

/** What the platform itself has, whoever is calling. */
export interface LibrarySystem {
  db: Database
  items: ItemRows
  media: Bucket
  pixels: Pixels
  signer: Signer
  feedOf(viewer: Viewer): Pick<FeedRpc, 'publish'>
  quotaOf(organizationId: string): Promise<number | null>
  recordAudit: AuthQuestions['recordAudit']
  /** Where the site is; addresses that leave it begin so. */
  siteUrl: string
  now: Clock
  random(): number
  createId: CreateId
  /** When this isolate swept last. */
  swept: { at: number }
  logger: Logger
}

/** The same, for one request of a member. */
export interface LibraryContext extends LibrarySystem {
  viewer: Viewer
  /** Where the caller is a key. */
  keyId: string | null
  /** In which language addresses of pages are given. */
  headers: Headers
}

const DEFAULT_LOCAL_URL = 'http://localhost:8787'

const addressOf = (setting: string | undefined): string | null => setting?.trim().replace(/\/+$/, '') || null

function createSystem(env: LibraryEnv, pixels: Pixels): LibrarySystem {
  const db = drizzle(env.DB)
  const logger = createLogger({ service: 'library' })
  return {
    db,
    items: createItemRows(db),
    media: env.MEDIA,
    pixels,
    signer: createSigner(env.LIBRARY_KEY),
    feedOf: (viewer) =>
      objectOf(env.FEED, { organizationId: viewer.organizationId, name: feedName(viewer), settings: env }),
    quotaOf: createQuotas({
      db,
      billing: env.BILLING_RPC,
      fallback: quotaSetting(env.STORAGE_QUOTA_BYTES),
      now: systemClock,
      logger,
    }),
    recordAudit: (audit) => env.AUTH_RPC.recordAudit(audit),
    siteUrl: addressOf(env.PUBLIC_URL) ?? addressOf(env.LOCAL_URL) ?? DEFAULT_LOCAL_URL,
    now: systemClock,
    random: Math.random,
    createId: createIds(),
    swept: { at: 0 },
    logger,
  }
}

export type SystemOf = (env: LibraryEnv) => LibrarySystem

/** Made once for each isolate: nothing in it belongs to a request. */
export function createSystemOf(pixels: Pixels): SystemOf {
  const systems = new WeakMap<LibraryEnv, LibrarySystem>()
  return (env) => {
    let system = systems.get(env)
    if (!system) {
      system = createSystem(env, pixels)
      systems.set(env, system)
    }
    return system
  }
}

export type LibraryHono = Context<ServiceEnv<LibraryEnv>>

export function libraryContext(c: LibraryHono, systemOf: SystemOf): LibraryContext {
  const principal = requirePermission(c.get('principal'), 'library.use')
  const { organizationId, userId } = principal
  return {
    ...systemOf(c.env),
    viewer: { organizationId, userId },
    keyId: principal.kind === 'api-key' ? principal.keyId : null,
    headers: c.req.raw.headers,
    logger: c.get('logger'),
  }
}
