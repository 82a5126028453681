// A world for tests: the real rows in a real database, queues that deliver at least once, a server that is told,
// and a Worker that can be made to die at any of its steps.
import { createTestDatabase } from '#db/testing'
import type { Role } from '#shared/contracts/permissions'
import type { Notice } from '#shared/contracts/notices'
import type { Principal } from '#shared/contracts/principal'
import type { ServiceAudit } from '#shared/contracts/account'
import { createServiceApp } from '#shared/http/create-service-app'
import { createLogger } from '#shared/http/log'
import { createTestClock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import { systemContext, type SystemContext } from './context.ts'
import type { Nudge, WebhooksEnv } from './env.ts'
import { consumeQueue } from './queues.ts'
import { createRoutes } from './routes.ts'

export const NOON = Date.UTC(2026, 0, 15, 12)

export const owner: Principal = {
  kind: 'user',
  organizationId: 'org_1',
  userId: 'usr_1',
  role: 'owner',
  platformAdmin: false,
}

/** Owns another organization. */
export const stranger: Principal = { ...owner, organizationId: 'org_2', userId: 'usr_2' }

export const notice = (change: Partial<Notice> = {}): Notice => ({
  id: 'evt_1',
  organizationId: 'org_1',
  type: 'key.created',
  at: NOON,
  data: { key_id: 'key_1' },
  ...change,
})

interface Queued {
  queue: string
  body: unknown
  dueAt: number
  attempts: number
}

/** Where a Worker dies: at which of its effects, and whether that one still happened. */
export interface Death {
  step: number
  after: boolean
}

export interface Told {
  url: string
  headers: Record<string, string>
  body: string
}

/** Everything that reaches out of the Worker goes through `step`. */
function mortalDatabase(database: D1Database, step: <T>(effect: () => Promise<T>) => Promise<T>): D1Database {
  interface Mortal {
    inner: D1PreparedStatement
  }
  const wrap = (inner: D1PreparedStatement): D1PreparedStatement & Mortal =>
    ({
      inner,
      bind: (...values: unknown[]) => wrap(inner.bind(...values)),
      all: () => step(() => inner.all()),
      run: () => step(() => inner.run()),
      first: () => step(() => inner.first()),
      raw: (options?: { columnNames?: false }) => step(() => inner.raw(options)),
    }) as unknown as D1PreparedStatement & Mortal
  return {
    prepare: (sql: string) => wrap(database.prepare(sql)),
    batch: (statements: Mortal[]) => step(() => database.batch(statements.map(({ inner }) => inner))),
  } as unknown as D1Database
}

export type World = ReturnType<typeof createWorld>

export function createWorld({ settings = {} }: { settings?: Partial<WebhooksEnv> } = {}) {
  const clock = createTestClock(NOON)
  const createId = createIds(clock)
  const queued: Queued[] = []
  const lines: string[] = []
  const told: Told[] = []
  const audits: ServiceAudit[] = []
  const mailed: Notice[] = []
  const state = {
    steps: 0,
    death: null as Death | null,
    dead: false,
    roles: { usr_1: 'owner' } as Record<string, Role | null>,
    mailFails: 0,
    accountsAway: false,
    answer: (_told: Told): Response | Promise<Response> => new Response('ok'),
  }

  async function step<T>(effect: () => Promise<T>): Promise<T> {
    if (state.dead) throw new Error('dead')
    const dies = state.death?.step === state.steps++
    if (dies && !state.death?.after) {
      state.dead = true
      throw new Error('died before')
    }
    const result = await effect()
    if (dies) {
      state.dead = true
      throw new Error('died after')
    }
    return result
  }

  const put = (queue: string, body: unknown, delaySeconds = 0) =>
    void queued.push({ queue, body, dueAt: clock() + delaySeconds * 1_000, attempts: 0 })

  const env = {
    DB: mortalDatabase(createTestDatabase(), step),
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    WEBHOOKS_KEY: 'a key for tests only, of 32 bytes or more',
    PUBLIC_URL: 'https://ai.example.com',
    AUTH_RPC: {
      roleOf: ({ userId }: { userId: string }) => step(async () => state.roles[userId] ?? null),
      recordAudit: (audit: ServiceAudit) =>
        step(async () => {
          if (state.accountsAway) throw new Error('the accounts service is away')
          audits.push(audit)
        }),
      mailNotice: (each: Notice) =>
        step(async () => {
          if (state.mailFails > 0) return { mailed: 0, failed: state.mailFails }
          if (!mailed.some(({ id }) => id === each.id)) mailed.push(each)
          return { mailed: 1, failed: 0 }
        }),
    },
    NOTICES: { send: (each: Notice) => step(async () => put('riwaq-notices', each)) },
    DELIVERIES: {
      sendBatch: (nudges: { body: Nudge }[]) =>
        step(async () => nudges.forEach(({ body }) => put('riwaq-webhook-deliveries', body))),
    },
    ...settings,
  } as unknown as WebhooksEnv

  const ctx: SystemContext = {
    ...systemContext(env),
    now: clock,
    createId,
    random: () => 0,
    fetch: ((url: string, init: { headers: Record<string, string>; body: string }) =>
      step(async () => {
        const each = { url, headers: init.headers, body: init.body }
        told.push(each)
        return state.answer(each)
      })) as unknown as typeof fetch,
    timeout: () => new AbortController().signal,
    logger: createLogger({}, (_level, line) => void lines.push(line)),
  }

  /** One delivery of one message. What is neither acknowledged nor put off when its Worker dies comes again at once. */
  async function handOver(message: Queued): Promise<void> {
    queued.splice(queued.indexOf(message), 1)
    let outcome: { ack: true } | { ack: false; delaySeconds: number } | null = null
    const attempts = message.attempts + 1
    const batch = {
      queue: message.queue,
      messages: [
        {
          id: 'message',
          body: message.body,
          attempts,
          timestamp: new Date(clock()),
          ack: () => void (outcome ??= state.dead ? null : { ack: true }),
          retry: ({ delaySeconds = 0 } = {}) => void (outcome ??= state.dead ? null : { ack: false, delaySeconds }),
        },
      ],
    }
    await consumeQueue(batch as unknown as MessageBatch<unknown>, ctx).catch((error: unknown) => {
      if (!state.dead) throw error
    })
    const decided = outcome as { ack: boolean; delaySeconds?: number } | null
    if (decided?.ack) return
    queued.push({ ...message, attempts, dueAt: clock() + (decided?.delaySeconds ?? 0) * 1_000 })
  }

  const next = () => queued.toSorted((a, b) => a.dueAt - b.dueAt)[0]

  return {
    env,
    ctx,
    clock,
    queued,
    told,
    audits,
    mailed,
    lines,
    state,
    put,
    handOver,
    /** Everything that is due now, and what follows from it at once. */
    async settle() {
      for (let message = next(); message && message.dueAt <= clock() && !state.dead; message = next())
        await handOver(message)
    },
    /** Lets time pass as far as the next message, until none is left. */
    async runDry() {
      for (let message = next(); message && !state.dead; message = next()) {
        if (message.dueAt > clock()) clock.set(message.dueAt)
        await handOver(message)
      }
    },
    revive() {
      state.dead = false
      state.death = null
    },
    async ask(method: string, path: string, { body, as = owner }: { body?: unknown; as?: Principal } = {}) {
      const app = createServiceApp<WebhooksEnv>(
        'webhooks',
        createRoutes(() => ctx),
      )
      const execution = createTestExecutionContext()
      const response = await app.request(
        `/api/webhooks${path}`,
        { method, headers: await principalHeaders(as), body: body === undefined ? undefined : JSON.stringify(body) },
        env,
        execution as never,
      )
      await execution.settled()
      const text = await response.text()
      return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) }
    },
  }
}

/** A webhook that wants everything. */
export async function addWebhook(world: World, change: Record<string, unknown> = {}, as: Principal = owner) {
  const { status, json } = await world.ask('POST', '', { body: { url: 'https://hooks.example/a', ...change }, as })
  if (status !== 201) throw new Error(JSON.stringify(json))
  return json as { id: string; secret: string; url: string }
}

export async function deliveriesOf(world: World, id: string, as: Principal = owner) {
  return (await world.ask('GET', `/${id}/deliveries`, { as })).json.data as Record<string, unknown>[] & { id: string }[]
}
