// What a unit test of this service is built from: the app with the real engine and the real table, an in-memory ledger and
// library, and models that do as they are told.
import type { FeedEvent } from '#shared/contracts/feed'
import type { JobMessage } from '#shared/contracts/jobs'
import type { OrganizationPolicy } from '#shared/contracts/policy'
import type { Principal } from '#shared/contracts/principal'
import type { Written } from '#shared/contracts/writing'
import { createServiceApp } from '#shared/http/create-service-app'
import { Problem } from '#shared/http/problems'
import { sha256Hex } from '#shared/lib/bytes'
import { createTestClock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import { createInMemoryLedger } from '#shared/metering/in-memory-ledger'
import { createTestTimers } from '#shared/metering/testing'
import { createPolicyCache } from '#shared/policy/policy-cache'
import type { CallableImageModel, ImageModels } from '#shared/providers/image-models'
import type { ModerationModels } from '#shared/providers/moderation-models'
import type { ImageModel, ImageRequest, ImageResult, JobImageModel } from '#shared/providers/spec/image-model'
import { createTestDatabase } from '../../db/testing.ts'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import { consumeErasures, consumeJobs } from './consume-jobs.ts'
import { serviceOf, type ImagesCollaborators } from './context.ts'
import type { ImagesEnv } from './env.ts'
import { createRoutes } from './routes.ts'
import { createFakeLibrary } from './testing-library.ts'
import { silentLogger } from '#shared/http/log'

export const organizationId = 'org_test00000001'
export const userId = 'usr_test00000001'
export const member: Principal = { kind: 'user', organizationId, userId, role: 'member', platformAdmin: false }
export const other: Principal = { ...member, userId: 'usr_test00000002' }
export const operator: Principal = { ...member, userId: 'usr_test00000009', platformAdmin: true }

const SECRET = 'the secret of a key'
export const claim = async (secret = SECRET): Promise<Principal> => ({
  kind: 'key-claim',
  organizationId,
  keyId: 'key_test00000001',
  secretHash: await sha256Hex(secret),
})

export const PICTURE_MICROS = 2_000

/** Can everything; a picture costs two thousand micros. */
export const painter: CallableImageModel = {
  id: 'fake/painter',
  kind: 'image',
  vendor: 'compatible',
  upstream: 'painter-1',
  name: 'Painter',
  contextTokens: 1,
  maxOutputTokens: 1,
  abilities: [],
  price: { prices: { images: PICTURE_MICROS * 1_000_000 } },
  priceSource: 'the test',
  priceCheckedAt: '2026-01-01',
  image: {
    operations: ['generate', 'edit', 'variation', 'outpaint', 'upscale', 'remove-background'],
    sizes: { kind: 'range', min: 64, max: 2048, step: 8, maxPixels: 4_194_304 },
    autoSize: false,
    qualities: ['draft', 'fine'],
    maxImages: 4,
    maxInputImages: 3,
    mask: true,
    transparency: true,
    seed: true,
    negativePrompt: true,
    partialImages: true,
    promptLanguage: 'any',
    maxPromptCharacters: 1_000,
    delivery: 'direct',
    pricing: { unit: 'images', rows: [{ price: PICTURE_MICROS * 1_000_000 }] },
  },
}

/** Can nothing but make one small picture of few English words. */
export const pencil: CallableImageModel = {
  ...painter,
  id: 'fake/pencil',
  upstream: 'pencil-1',
  name: 'Pencil',
  image: {
    ...painter.image,
    operations: ['generate'],
    sizes: { kind: 'list', sizes: ['512x512', '512x768'] },
    qualities: [],
    maxImages: 1,
    maxInputImages: 0,
    mask: false,
    transparency: false,
    seed: false,
    negativePrompt: false,
    partialImages: false,
    promptLanguage: 'en',
    maxPromptCharacters: 50,
  },
}

/** As large as it says, which is all that the fake library looks at. */
export function png({ width = 64, height = 64, alpha = true, mark = 0 } = {}): Uint8Array {
  const bytes = new Uint8Array(40)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const view = new DataView(bytes.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  bytes.set([8, alpha ? 6 : 2], 24)
  bytes[39] = mark
  return bytes
}

/** Answers as many pictures as it is asked for. */
export const drawn = (request: ImageRequest, change: Partial<ImageResult> = {}): ImageResult => ({
  images: Array.from({ length: request.count }, (_, mark) => ({ bytes: png({ mark, ...request.size }) })),
  usage: null,
  warnings: [],
  ...change,
})

export type Paint = Extract<ImageModel, { delivery: 'direct' }>['generate']

const direct = (generate: Paint): ImageModel => ({ delivery: 'direct', generate })

export type TestModel = { catalog: CallableImageModel; image: ImageModel }

export const painting = (generate: Paint = async (request) => drawn(request)): TestModel => ({
  catalog: painter,
  image: direct(generate),
})

export const ordering = (image: Omit<JobImageModel, 'delivery'>): TestModel => ({
  catalog: { ...painter, vendor: 'fal', image: { ...painter.image, delivery: 'job' } },
  image: { delivery: 'job', ...image },
})

function modelsFrom(entries: TestModel[]): ImageModels {
  return {
    list: () => entries.map(({ catalog }) => catalog),
    default: () => entries[0]!.catalog,
    resolve(id) {
      const found = entries.find(({ catalog }) => catalog.id === id || catalog.upstream === id)
      if (!found) throw new Problem('model_not_found', 'No such model.', { param: 'model' })
      return { model: found.catalog, image: found.image }
    },
  }
}

const noModerations: ModerationModels = {
  list: () => [],
  resolve: () => {
    throw new Problem('model_not_found', 'None judges here.')
  },
}

export interface WorldSeed {
  models?: TestModel[]
  balanceMicros?: number
  policy?: Partial<OrganizationPolicy>
  quotaBytes?: number | null
  settings?: Partial<ImagesEnv>
  moderations?: ModerationModels
  /** What the chat service writes where it is asked. */
  written?: Written
}

export interface Asking {
  headers?: Record<string, string>
  principal?: Principal
  requestId?: string
  method?: string
  signal?: AbortSignal
}

const toBody = (body: unknown): RequestInit['body'] =>
  body === undefined ||
  typeof body === 'string' ||
  body instanceof FormData ||
  body instanceof Uint8Array ||
  body instanceof ReadableStream
    ? (body as RequestInit['body'])
    : JSON.stringify(body)

export async function createImagesWorld({
  models = [painting(), { catalog: pencil, image: direct(async (request) => drawn(request)) }],
  balanceMicros = 1_000_000,
  policy,
  quotaBytes = null,
  settings,
  moderations = noModerations,
  written = { ok: false, code: 'no_writer' },
}: WorldSeed = {}) {
  const clock = createTestClock(Date.now())
  const timers = createTestTimers(clock)
  const ledger = createInMemoryLedger({
    clock,
    organizationId,
    balanceMicros,
    wait: () => new Promise(() => {}),
    keys: [
      {
        id: 'key_test00000001',
        userId,
        name: 'test',
        secretHash: await sha256Hex(SECRET),
        hint: 'cret',
        scopes: ['images'],
        models: null,
        budget: null,
        rateLimitRpm: null,
        rateLimitTpm: null,
        parallelRequests: null,
        alertPercents: [],
        cacheSeconds: null,
        expiresAt: null,
        revokedAt: null,
        createdAt: clock(),
      },
    ],
  })
  if (policy) await ledger.setPolicy({ policy: { ...(await ledger.policy()).policy, ...policy } })
  const { library, ...shelves } = createFakeLibrary({ clock, quotaBytes })
  const events: FeedEvent[] = []
  const messages: JobMessage[] = []
  const asked: { writing: unknown[] } = { writing: [] }
  const outside: ImagesCollaborators = {
    registriesOf: async () => ({ images: modelsFrom(models), moderations }),
    languageOf: async (text) => (/\p{Script=Arabic}/u.test(text) ? 'ar' : 'en'),
    policies: createPolicyCache(),
    clock,
    // Whoever waits has waited: time passes, and nothing sleeps.
    timers: {
      ...timers,
      async wait(milliseconds) {
        await new Promise((next) => setImmediate(next))
        clock.advance(Math.min(milliseconds, 1_000))
      },
    },
    createId: createIds(clock),
  }
  const env = {
    PRINCIPAL_KEY: TEST_PRINCIPAL_KEY,
    DB: createTestDatabase(),
    LEDGER: { getByName: () => ledger },
    FEED: { getByName: () => ({ publish: async (all: FeedEvent[]) => void events.push(...all) }) },
    JOB_ALARM: { getByName: () => ({ set: async () => {}, clear: async () => {} }) },
    JOBS: { send: async (message: JobMessage) => void messages.push(message) },
    LIBRARY_RPC: library,
    CHAT_RPC: {
      write: async (task: unknown) => {
        asked.writing.push(task)
        return written
      },
    },
    AUTH_RPC: { roleOf: async () => 'member' },
    ...settings,
  } as unknown as ImagesEnv
  const app = createServiceApp<ImagesEnv>('images', createRoutes(outside))
  const context = createTestExecutionContext()
  const { jobs } = serviceOf(env, outside)
  let requests = 0

  async function ask(path: string, body?: unknown, asking: Asking = {}): Promise<Response> {
    const { headers = {}, principal = member, method = body === undefined ? 'GET' : 'POST', signal } = asking
    const requestId = asking.requestId ?? `req_test${String(++requests).padStart(8, '0')}`
    const json = body !== undefined && !(body instanceof FormData) && { 'content-type': 'application/json' }
    const init: RequestInit = {
      method,
      headers: { ...(await principalHeaders(principal, requestId)), ...json, ...headers },
      ...(body !== undefined && { body: toBody(body) }),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
      ...(signal && { signal }),
    }
    return app.request(`https://riwaq.test${path}`, init, env, context as unknown as ExecutionContext)
  }

  const batchOf = <Body>(bodies: Body[]) => {
    const ended: string[] = []
    const messagesOf = bodies.map((body) => ({
      body,
      ack: () => void ended.push('ack'),
      retry: () => void ended.push('retry'),
    }))
    return { batch: { messages: messagesOf } as unknown as MessageBatch<Body>, ended }
  }

  return {
    ask,
    json: async <T = Record<string, never>>(path: string, body?: unknown, asking?: Asking): Promise<T> =>
      (await ask(path, body, asking)).json() as Promise<T>,
    ledger,
    clock,
    env,
    jobs,
    library,
    ...shelves,
    events,
    messages,
    asked,
    settled: () => context.settled(),
    /** What the queue does: each message once, and those that come of it. */
    async work() {
      while (messages.length > 0) {
        const { batch } = batchOf(messages.splice(0))
        await consumeJobs(batch, { jobs, logger: silentLogger })
      }
    },
    async erase(erasure: { organizationId?: string; userId: string }) {
      const { batch, ended } = batchOf([erasure])
      await consumeErasures(batch, { jobs, logger: silentLogger })
      return ended
    },
    /** Nothing is held, and this is what was charged. */
    async charges() {
      const { data } = await ledger.entries({ limit: 100 })
      return data.filter(({ kind }) => kind === 'charge').map(({ amountMicros }) => 0 - amountMicros)
    },
  }
}
