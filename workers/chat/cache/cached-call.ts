// One call and the cache: an equal request of the same organization is given the same answer, byte for byte, with no
// vendor asked. It was admitted like every call, so it counts in every limit, and has an entry of its own.
import type { Clock } from '#shared/lib/clock'
import { sha256Hex } from '#shared/lib/bytes'
import type { MeteredCall } from '#shared/metering/metered-call'
import type { Logger } from '#shared/http/log'
import { lastingHeaders, type AnswerHeaders } from '../answer-headers.ts'
import { createByteCollector } from '../byte-collector.ts'
import { canonicalJson } from '#shared/metering/fingerprint'
import type { AnswerCache, CachedAnswer } from './answer-cache.ts'
import { CACHE_HEADER } from './cache-choice.ts'
import { shareOf } from './hit-price.ts'

export interface CacheContext {
  cache: AnswerCache
  organizationId: string
  clock: Clock
  logger?: Logger
}

export interface CachedCallInput {
  call: MeteredCall
  seconds: number
  /** Everything that makes two requests the same. */
  about: unknown
  /** Whether an answer that is complete may be kept after all. */
  mayKeep: () => boolean
  ctx: CacheContext
}

export interface CachedCall {
  find(): Promise<CachedAnswer | null>
  /** Sees what is sent with these headers, and keeps it where it is whole. */
  recorder(headers: Record<string, string>): (bytes: Uint8Array) => void
}

/** What is true of one answer alone is not said of the next. */
const OWN_MARKS = new Set(['x-riwaq-cost-micros', 'x-riwaq-attempts', CACHE_HEADER])

const headersToKeep = (headers: Record<string, string>) =>
  Object.fromEntries(Object.entries(lastingHeaders(headers)).filter(([name]) => !OWN_MARKS.has(name)))

export async function createCachedCall({ call, seconds, about, mayKeep, ctx }: CachedCallInput): Promise<CachedCall> {
  const { cache, organizationId, clock, logger } = ctx
  const place = { organizationId, fingerprint: await sha256Hex(canonicalJson(about)) }
  const asked = call.model.id

  return {
    async find() {
      // A cache that is away makes an answer dearer, never impossible.
      const found = await cache.find(place).catch((error: unknown) => {
        logger?.warn('cache-unreachable', { cause: error instanceof Error ? error.message : String(error) })
        return null
      })
      const now = clock()
      return found && now < found.expiresAt && now - found.at < seconds * 1_000 ? found : null
    },
    recorder(headers) {
      const collector = createByteCollector()
      call.onEnd(async (charge, ending) => {
        const body = ending === 'complete' && charge && !charge.estimated ? collector.whole() : null
        // An answer that the credit cut short, or that another model gave, is not what the next caller asks for.
        if (!body || !charge || call.shortened || call.model.id !== asked || !mayKeep()) return
        const at = clock()
        const { usage, price } = charge
        await cache
          .keep(place, { at, expiresAt: at + seconds * 1_000, headers: headersToKeep(headers), usage, price, body })
          .catch((error: unknown) =>
            logger?.warn('answer-not-cached', { cause: error instanceof Error ? error.message : String(error) }),
          )
      })
      return (bytes) => collector.add(bytes)
    },
  }
}

/** The answer that was kept, charged at its share and recorded as this call's. */
export function answerFromCache({
  call,
  hit,
  headers,
  record,
  ctx: { hitPricePercent, clock },
}: {
  call: MeteredCall
  hit: CachedAnswer
  headers: AnswerHeaders
  record?: (sent: Record<string, string>) => ((bytes: Uint8Array) => void) | undefined
  ctx: { clock: Clock; /** What it costs, of what the original cost. */ hitPricePercent: number }
}): Response {
  const more = { ...hit.headers, [CACHE_HEADER]: 'hit', age: String(Math.floor((clock() - hit.at) / 1_000)) }
  call.priceAs({ prices: shareOf(hit.price, hitPricePercent) })
  call.tallyWith(() => ({ usage: hit.usage, promptUsage: null, outputTokens: 0, delivered: true, begun: true }))
  record?.(headers.with({ more }))?.(new Uint8Array(hit.body))
  const charge = call.end('complete')
  return new Response(hit.body, { headers: headers.with({ more, costMicros: charge?.amountMicros ?? 0 }) })
}
