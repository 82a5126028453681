// One object holds the whole account: every call is one uninterrupted piece of work on it.
import { DurableObject } from 'cloudflare:workers'
import { apiVersion } from './api-version.ts'
import { Engine } from './engine.ts'
import type { LocalStripeEnv } from './env.ts'
import { randomText } from './random.ts'
import { reactions, timers } from './resources/index.ts'
import { Site } from './site.ts'
import { SqlStore } from './sql-store.ts'

export class StripeAccount extends DurableObject<LocalStripeEnv> {
  readonly #engine: Engine
  readonly #site: Site

  constructor(ctx: DurableObjectState, env: LocalStripeEnv) {
    super(ctx, env)
    this.#engine = new Engine({
      store: new SqlStore(ctx.storage.sql),
      config: {
        origin: env.LOCAL_STRIPE_ORIGIN ?? 'http://localhost',
        apiVersion,
        clock: Date.now,
        random: randomText,
      },
      timers,
      reactions,
    })
    const { LOCAL_STRIPE_WEBHOOK_URL: url, STRIPE_WEBHOOK_SECRET: secret } = env
    this.#site = new Site({
      engine: this.#engine,
      send: (to, init) => fetch(to, init),
      webhook: url && secret ? { url, secret } : null,
    })
  }

  override async fetch(request: Request): Promise<Response> {
    const answer = await this.#site.fetch(request)
    this.ctx.waitUntil(this.#tell())
    return answer
  }

  override async alarm(): Promise<void> {
    this.#engine.tick()
    await this.#tell()
  }

  /** Sends what is due now, and wakes up for what is due later. */
  async #tell(): Promise<void> {
    // Work under way wakes up as well, in case this process ends in the middle of it.
    await this.#wakeUp()
    await this.#site.deliverer.pump()
    await this.#wakeUp()
  }

  async #wakeUp(): Promise<void> {
    const due = this.#engine.nextDue()
    const times = [
      this.#site.deliverer.nextAt(),
      due === undefined ? undefined : (due - this.#engine.offsetSeconds) * 1000,
    ].filter((at) => at !== undefined)
    if (times.length > 0) await this.ctx.storage.setAlarm(Math.max(Math.min(...times), Date.now() + 100))
  }
}
