import type { ApiKey } from '#shared/contracts/keys'

export type KeyStatus = 'active' | 'expires-soon' | 'expired' | 'revoked' | 'spent'

const SOON = 7 * 86_400_000

type Dated = Pick<ApiKey, 'revoked_at' | 'expires_at' | 'budget_micros' | 'spent_micros'>

/** The strongest reason first: a revoked key stays revoked whatever else is true of it. */
export function keyStatus(key: Dated, now: number): KeyStatus {
  if (key.revoked_at !== null) return 'revoked'
  if (key.expires_at !== null && key.expires_at <= now) return 'expired'
  if (key.budget_micros !== null && key.spent_micros >= key.budget_micros) return 'spent'
  if (key.expires_at !== null && key.expires_at - now <= SOON) return 'expires-soon'
  return 'active'
}

/** Nothing brings it back to work. */
export const isEnded = (status: KeyStatus): boolean => status === 'revoked' || status === 'expired'

/** Keys that work come first, the newest before the older; dead ones are kept at the end, for the record. */
export function inOrder<K extends Dated & { created_at: number }>(keys: K[], now: number): K[] {
  const dead = (key: K) => Number(isEnded(keyStatus(key, now)))
  return keys.toSorted((a, b) => dead(a) - dead(b) || b.created_at - a.created_at)
}
