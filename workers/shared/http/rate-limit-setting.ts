// A limit as an operator writes it in the settings: `30/3600` is thirty an hour, `off` is no limit.
import type { RateLimit } from '../contracts/rate-limiter.ts'

/** Null: not limited. What cannot be read is the default, because a typing error must not open a door. */
export function parseRateLimit(setting: string | undefined, standard: RateLimit | null): RateLimit | null {
  const text = setting?.trim().toLowerCase()
  if (!text) return standard
  if (text === 'off') return null
  const [, limit, windowSeconds] = /^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? []
  if (!Number(limit) || !Number(windowSeconds)) return standard
  return { limit: Number(limit), windowSeconds: Number(windowSeconds) }
}
