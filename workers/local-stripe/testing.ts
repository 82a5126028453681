// The stand-in in memory, for tests: the official SDK talks to it through `fetch`.
import { Api } from './api.ts'
import { apiVersion } from './api-version.ts'
import { Engine } from './engine.ts'
import { randomText } from './random.ts'
import { reactions, resources, timers } from './resources/index.ts'
import { InMemoryStore } from './store.ts'

export interface LocalStripe {
  engine: Engine
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
}

export function createLocalStripe({
  clock = Date.now,
  random = randomText,
  origin = 'http://stripe.test',
}: { clock?: () => number; random?: (length: number) => string; origin?: string } = {}): LocalStripe {
  const engine = new Engine({
    store: new InMemoryStore(),
    config: { origin, apiVersion, clock, random },
    timers,
    reactions,
  })
  const api = new Api(engine, resources)
  return { engine, fetch: (input, init) => api.fetch(new Request(input, init)) }
}
