// CACHE_HIT_PRICE_PERCENT: what an answer from the cache costs, of what the original cost. Nothing where it is not set.
import { createLogger } from '#shared/http/log'
import type { UnitPrices } from '#shared/lib/money'

export function readHitPricePercent(text: string | undefined): { percent: number; fault: string | null } {
  if (!text) return { percent: 0, fault: null }
  const percent = /^\d{1,3}$/.test(text.trim()) ? Number(text) : 101
  return percent <= 100
    ? { percent, fault: null }
    : {
        percent: 0,
        fault: 'CACHE_HIT_PRICE_PERCENT must be a whole number from 0 to 100. Answers from the cache cost nothing.',
      }
}

const perEnvironment = new WeakMap<object, number>()

/** That of this isolate. `env` is the Worker's own, which lives as long as the isolate. */
export function hitPricePercentOf(env: { CACHE_HIT_PRICE_PERCENT?: string }): number {
  if (!env.CACHE_HIT_PRICE_PERCENT) return 0
  const known = perEnvironment.get(env)
  if (known !== undefined) return known
  const { percent, fault } = readHitPricePercent(env.CACHE_HIT_PRICE_PERCENT)
  if (fault) createLogger({ service: 'chat' }).warn('setting-at-fault', { fault })
  perEnvironment.set(env, percent)
  return percent
}

/** Each unit's price rounded up, so that the entry's price times its usage is its amount. */
export const shareOf = (prices: UnitPrices, percent: number): UnitPrices =>
  Object.fromEntries(Object.entries(prices).map(([unit, price]) => [unit, Math.ceil((price * percent) / 100)]))
