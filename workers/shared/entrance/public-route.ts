// What is open to whom: a row of an entrance's table.
export interface PublicRoute {
  prefix: string
  /** Only this method; every method where absent. */
  method?: string
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
  /** Its callers prove themselves by a signature: they are not counted by address. */
  signed?: boolean
}

export const KILOBYTE = 1024
export const MEGABYTE = 1024 * KILOBYTE

/** The language service's part of /v1, whichever entrance a call comes through. */
export const languageRoutes = [
  { prefix: '/v1', method: 'POST', auth: 'claim', maxBodyBytes: 32 * MEGABYTE, cors: true },
  { prefix: '/v1/models', method: 'GET', auth: 'optional', maxBodyBytes: 1 * KILOBYTE, cors: true },
  { prefix: '/v1', auth: 'session-or-key', maxBodyBytes: 1 * MEGABYTE, cors: true },
] as const satisfies readonly PublicRoute[]

export const covers = (prefix: string, path: string): boolean =>
  path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/')

export const findRoute = <Route extends PublicRoute>(
  routes: readonly Route[],
  { path, method }: { path: string; method: string },
): Route | undefined =>
  routes.find((route) => covers(route.prefix, path) && (route.method === undefined || route.method === method))
