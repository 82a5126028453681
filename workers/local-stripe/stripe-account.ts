// One object holds the whole account: every call is one uninterrupted piece of work on it.
import { DurableObject } from 'cloudflare:workers'
import { Api } from './api.ts'
import { apiVersion } from './api-version.ts'
import { Engine } from './engine.ts'
import type { LocalStripeEnv } from './env.ts'
import { randomText } from './random.ts'
import { reactions, resources, timers } from './resources/index.ts'
import { SqlStore } from './sql-store.ts'

export class StripeAccount extends DurableObject<LocalStripeEnv> {
  readonly #api: Api

  constructor(ctx: DurableObjectState, env: LocalStripeEnv) {
    super(ctx, env)
    const engine = new Engine({
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
    this.#api = new Api(engine, resources)
  }

  override fetch(request: Request): Promise<Response> {
    return this.#api.fetch(request)
  }
}
