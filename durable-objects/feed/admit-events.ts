// What a feed passes on where more comes than a page can use: what can be asked for again is left out.
import type { FeedEvent } from '#shared/contracts/feed'
import { bucketWaitMs, takeFromBucket, type Bucket } from '#shared/lib/token-bucket'

/** A message that a browser can swallow; a bigger preview is not worth it. */
export const MOST_PREVIEW_CHARACTERS = 4_000_000

const previews = { limit: 60, windowMs: 10_000 }
const others = { limit: 600, windowMs: 10_000 }

export interface FeedLoad {
  previews: Bucket
  others: Bucket
}

export function admitEvents(
  events: readonly FeedEvent[],
  load: FeedLoad,
  now: number,
): { admitted: FeedEvent[]; load: FeedLoad } {
  const left = { ...load }
  const admitted = events.filter((event) => {
    const [kind, limits] = event.type === 'preview' ? (['previews', previews] as const) : (['others', others] as const)
    if (event.type === 'preview' && event.base64.length > MOST_PREVIEW_CHARACTERS) return false
    if (bucketWaitMs(left[kind], limits, now) > 0) return false
    left[kind] = takeFromBucket(left[kind], limits, now)
    return true
  })
  return { admitted, load: left }
}
