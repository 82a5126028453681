// One per limited thing, named `<what>:<who>`. It is asked, never told: whoever asks names the limit. When
// its bucket is full again nothing is left to remember, and it deletes itself.
import { DurableObject } from 'cloudflare:workers'
import type { RateLimiterRpc } from '#shared/contracts/rate-limiter'
import { systemClock, type Clock } from '#shared/lib/clock'
import { fullBucket, type Bucket } from '#shared/lib/token-bucket'
import { takeFrom, type Take } from './take.ts'

const BUCKET = 'bucket'

interface StoredBucket extends Bucket {
  /** When it is full again. */
  fullAt: number
}

export class RateLimiter extends DurableObject implements RateLimiterRpc {
  /** Not reachable by RPC, which sees methods alone; a test sets its own. */
  clock: Clock = systemClock
  #bucket: StoredBucket | null = null
  #alarmAt: number | null = null

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    void ctx.blockConcurrencyWhile(async () => {
      this.#bucket = (await ctx.storage.get<StoredBucket>(BUCKET)) ?? null
      this.#alarmAt = await ctx.storage.getAlarm()
    })
  }

  async take(input: Take): ReturnType<RateLimiterRpc['take']> {
    const now = this.clock()
    const { verdict, bucket, fullAt } = takeFrom(this.#bucket ?? fullBucket, input, now)
    if (verdict.allowed) {
      this.#bucket = { ...bucket, fullAt }
      // Nobody waits for the disk: what a crash could lose here is a few requests of one window.
      void this.ctx.storage.put(BUCKET, this.#bucket, { allowUnconfirmed: true })
      // One alarm that is early is cheaper than one moved by every request.
      if (this.#alarmAt === null) this.#wakeAt(fullAt)
    }
    return verdict
  }

  async reset(): Promise<void> {
    this.#bucket = null
    this.#alarmAt = null
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
  }

  #wakeAt(at: number): void {
    this.#alarmAt = at
    void this.ctx.storage.setAlarm(at)
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null
    if (this.#bucket && this.#bucket.fullAt > this.clock()) this.#wakeAt(this.#bucket.fullAt)
    else await this.reset()
  }
}
