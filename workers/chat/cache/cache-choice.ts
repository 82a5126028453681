// Whether a request wants an answer from the cache, as its headers say.
import { invalidRequest } from '#shared/http/problems'

export const CACHE_HEADER = 'x-riwaq-cache'
export const CACHE_TTL_HEADER = 'x-riwaq-cache-ttl'

/** The bucket's rule deletes what is older. */
export const MAX_CACHE_SECONDS = 7 * 86_400
export const DEFAULT_CACHE_SECONDS = 3_600

export interface CacheChoice {
  /** Null: as the key has it. */
  use: boolean | null
  seconds: number | null
}

function secondsOf(header: string | null): number | null {
  if (header === null) return null
  const seconds = /^\d{1,7}$/.test(header.trim()) ? Number(header) : 0
  if (seconds < 1 || seconds > MAX_CACHE_SECONDS)
    throw invalidRequest(`${CACHE_TTL_HEADER} is a number of seconds from 1 to ${MAX_CACHE_SECONDS}.`, CACHE_TTL_HEADER)
  return seconds
}

/** Null where nothing is said, as mostly. */
export function readCacheChoice(headers: Headers): CacheChoice | null {
  const said = headers.get(CACHE_HEADER)
  const seconds = secondsOf(headers.get(CACHE_TTL_HEADER))
  if (said === null && seconds === null) return null
  if (said !== null && said !== 'use' && said !== 'off')
    throw invalidRequest(`${CACHE_HEADER} is “use” or “off”.`, CACHE_HEADER)
  return { use: said === null ? null : said === 'use', seconds }
}

/** How old an answer may be that this request is given, and how long its own is kept; null: the cache is not for it. */
export function cacheSecondsFor(
  choice: CacheChoice | null,
  { keySeconds, zeroRetention }: { keySeconds: number | null; zeroRetention: boolean },
): number | null {
  if (zeroRetention || choice?.use === false) return null
  if (!keySeconds && !choice?.use) return null
  return Math.min(choice?.seconds ?? (keySeconds || DEFAULT_CACHE_SECONDS), MAX_CACHE_SECONDS)
}
