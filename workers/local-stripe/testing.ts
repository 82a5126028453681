// The stand-in in memory, for tests: the official SDK talks to it through `fetch`.
import { apiVersion } from './api-version.ts'
import type { Deliverer, Send } from './delivery/deliverer.ts'
import { Engine } from './engine.ts'
import { randomText } from './random.ts'
import { reactions, timers } from './resources/index.ts'
import { Site } from './site.ts'
import { InMemoryStore } from './store.ts'

export interface LocalStripe {
  engine: Engine
  /** Sends its webhooks when it is asked to: `deliverer.pump()`, or `flush()` for what is held as well. */
  deliverer: Deliverer
  /** The API, the hosted pages and the switches. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
}

const nobody: Send = async () => new Response(null, { status: 503 })

export function createLocalStripe({
  clock = Date.now,
  random = randomText,
  origin = 'http://stripe.test',
  webhook = null,
  send = nobody,
}: {
  clock?: () => number
  random?: (length: number) => string
  origin?: string
  webhook?: { url: string; secret: string } | null
  send?: Send
} = {}): LocalStripe {
  const config = { origin, apiVersion, clock, random }
  const engine = new Engine({ store: new InMemoryStore(), config, timers, reactions })
  const site = new Site({ engine, send, webhook })
  return { engine, deliverer: site.deliverer, fetch: (input, init) => site.fetch(new Request(input, init)) }
}
