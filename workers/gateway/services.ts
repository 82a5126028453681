// The dispatch table: which Worker answers what, and whom it is opened to. The first row that fits wins.
import { covers, findRoute, KILOBYTE, languageRoutes, MEGABYTE, type PublicRoute } from '#shared/entrance/public-route'
import type { Door, GatewayEnv } from './env.ts'

/** Every door of the gateway but the site's. */
export type ServiceBinding = {
  [Name in keyof GatewayEnv]-?: GatewayEnv[Name] extends Door ? (Name extends 'ASSETS' ? never : Name) : never
}[keyof GatewayEnv]

export interface ServiceRoute extends PublicRoute {
  binding: ServiceBinding
}

export const services = [
  { prefix: '/v1/images', method: 'POST', binding: 'IMAGES', auth: 'claim', maxBodyBytes: 64 * MEGABYTE, cors: true },
  ...languageRoutes.map((route) => ({ ...route, binding: 'CHAT' as const })),
  { prefix: '/api/conversations', binding: 'CHAT', auth: 'session-or-key', maxBodyBytes: 32 * MEGABYTE, cors: false },
  { prefix: '/api/requests', binding: 'CHAT', auth: 'session-or-key', maxBodyBytes: 1 * KILOBYTE, cors: false },
  { prefix: '/api/webhooks', binding: 'WEBHOOKS', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: false },
  { prefix: '/api/provider-keys', binding: 'VAULT', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: false },
  // Whoever looks at the plans need not have an account; Stripe signs what it sends.
  { prefix: '/api/billing/plans', binding: 'BILLING', auth: 'none', maxBodyBytes: 1 * KILOBYTE, cors: false },
  { prefix: '/api/billing', binding: 'BILLING', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: false },
  {
    prefix: '/webhooks/stripe',
    method: 'POST',
    binding: 'BILLING',
    auth: 'none',
    maxBodyBytes: 1 * MEGABYTE,
    cors: false,
    signed: true,
  },
  { prefix: '/api/images', binding: 'IMAGES', auth: 'session-or-key', maxBodyBytes: 16 * MEGABYTE, cors: false },
  // Vendors sign what they send.
  {
    prefix: '/webhooks/images',
    method: 'POST',
    binding: 'IMAGES',
    auth: 'none',
    maxBodyBytes: 16 * MEGABYTE,
    cors: false,
    signed: true,
  },
  {
    prefix: '/api/library/uploads',
    binding: 'LIBRARY',
    auth: 'session-or-key',
    maxBodyBytes: 32 * MEGABYTE,
    cors: false,
  },
  // Whoever was given the address of a share.
  {
    prefix: '/api/library/shares',
    method: 'GET',
    binding: 'LIBRARY',
    auth: 'none',
    maxBodyBytes: 1 * KILOBYTE,
    cors: false,
  },
  { prefix: '/api/library', binding: 'LIBRARY', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: false },
  { prefix: '/api/feed', binding: 'LIBRARY', auth: 'session-or-key', maxBodyBytes: 1 * KILOBYTE, cors: false },
  // Bytes by a signed address: it is its own proof.
  { prefix: '/media', binding: 'LIBRARY', auth: 'none', maxBodyBytes: 1 * KILOBYTE, cors: true },
  { prefix: '/api/usage', binding: 'BILLING', auth: 'session-or-key', maxBodyBytes: 64 * KILOBYTE, cors: false },
  { prefix: '/api/auth', binding: 'AUTH', auth: 'none', maxBodyBytes: 64 * KILOBYTE, cors: false, keepsCookies: true },
  { prefix: '/api/keys', binding: 'AUTH', auth: 'session-or-key', maxBodyBytes: 64 * KILOBYTE, cors: false },
  { prefix: '/api/organizations', binding: 'AUTH', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: false },
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

export const findService = (call: { path: string; method: string }): ServiceRoute | undefined =>
  findRoute<ServiceRoute>(services, call)

/** Paths that are the API's even where no row fits: they are answered with a problem, never with a page. */
export const isApiPath = (path: string): boolean =>
  covers('/api', path) ||
  covers('/v1', path) ||
  covers('/webhooks', path) ||
  covers('/media', path) ||
  path === '/health'
