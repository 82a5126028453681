// The dispatch table: which Worker answers what, and whom it is opened to. The first row that fits wins.
import type { Door, GatewayEnv } from './env.ts'

/** Every door of the gateway but the site's. */
export type ServiceBinding = {
  [Name in keyof GatewayEnv]-?: GatewayEnv[Name] extends Door ? (Name extends 'ASSETS' ? never : Name) : never
}[keyof GatewayEnv]

export interface ServiceRoute {
  prefix: string
  /** Only this method; every method where absent. */
  method?: string
  binding: ServiceBinding
  /**
   * none: anyone; the service sees `anonymous`.
   * session-or-key: a signed-in member, or a key that its ledger has confirmed.
   * optional: as session-or-key for who shows one of them; everybody else is `anonymous`.
   * claim: paid. A session as above, but a key is only read, because `admit()` checks it in its one trip.
   */
  auth: 'none' | 'optional' | 'session-or-key' | 'claim'
  maxBodyBytes: number
  /** Open to scripts of other sites, without cookies. */
  cors: boolean
  /** The session's cookie is passed on: for the one service that reads it. */
  keepsCookies?: boolean
}

const KILOBYTE = 1024
const MEGABYTE = 1024 * KILOBYTE

export const services = [
  { prefix: '/v1', method: 'POST', binding: 'CHAT', auth: 'claim', maxBodyBytes: 32 * MEGABYTE, cors: true },
  { prefix: '/v1/models', method: 'GET', binding: 'CHAT', auth: 'optional', maxBodyBytes: 1 * KILOBYTE, cors: true },
  { prefix: '/v1', binding: 'CHAT', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: true },
  { prefix: '/api/conversations', binding: 'CHAT', auth: 'session-or-key', maxBodyBytes: 32 * MEGABYTE, cors: false },
  { prefix: '/api/webhooks', binding: 'WEBHOOKS', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: false },
  { prefix: '/api/provider-keys', binding: 'VAULT', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: false },
  { prefix: '/api/usage', binding: 'BILLING', auth: 'session-or-key', maxBodyBytes: 64 * KILOBYTE, cors: false },
  { prefix: '/api/auth', binding: 'AUTH', auth: 'none', maxBodyBytes: 64 * KILOBYTE, cors: false, keepsCookies: true },
  { prefix: '/api/keys', binding: 'AUTH', auth: 'session-or-key', maxBodyBytes: 64 * KILOBYTE, cors: false },
  { prefix: '/api/organizations', binding: 'AUTH', auth: 'session-or-key', maxBodyBytes: 64 * KILOBYTE, cors: false },
  {
    prefix: '/api/account',
    binding: 'AUTH',
    auth: 'session-or-key',
    maxBodyBytes: 64 * KILOBYTE,
    cors: false,
    keepsCookies: true,
  },
  { prefix: '/api/admin', binding: 'AUTH', auth: 'session-or-key', maxBodyBytes: 64 * KILOBYTE, cors: false },
] as const satisfies readonly ServiceRoute[]

const covers = (prefix: string, path: string): boolean =>
  path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/')

export function findService({ path, method }: { path: string; method: string }): ServiceRoute | undefined {
  return (services as readonly ServiceRoute[]).find(
    (route) => covers(route.prefix, path) && (route.method === undefined || route.method === method),
  )
}

/** Paths that are the API's even where no row fits: they are answered with a problem, never with a page. */
export const isApiPath = (path: string): boolean => covers('/api', path) || covers('/v1', path) || path === '/health'
