// A world for tests: the real rows in a real database, a bucket in memory that can fail, and pictures that are not
// decoded: the first byte of a fake says what is the matter with it.
import { drizzle } from 'drizzle-orm/d1'
import { createTestDatabase } from '#db/testing'
import type { ServiceAudit } from '#shared/contracts/account'
import type { FeedEvent } from '#shared/contracts/feed'
import type { Principal } from '#shared/contracts/principal'
import type { Provenance, StageInput } from '#shared/contracts/library'
import { createServiceApp } from '#shared/http/create-service-app'
import { silentLogger } from '#shared/http/log'
import { toHex } from '#shared/lib/bytes'
import { createTestClock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import { createTestExecutionContext, principalHeaders, TEST_PRINCIPAL_KEY } from '#test/fake-context'
import type { LibrarySystem } from './context.ts'
import type { LibraryEnv } from './env.ts'
import type { Viewer } from './item-row.ts'
import { createItemRows } from './item-rows.ts'
import type { Bucket } from './media-store.ts'
import type { Pixels } from './pixels/index.ts'
import { createRoutes } from './routes.ts'
import { createSigner } from './signer.ts'

export const NOON = Date.UTC(2026, 0, 15, 12)
export const salma: Viewer = { organizationId: 'org_1', userId: 'usr_1' }
/** Of the same organization. */
export const omar: Viewer = { organizationId: 'org_1', userId: 'usr_2' }
export const stranger: Viewer = { organizationId: 'org_2', userId: 'usr_3' }

export const principalOf = ({ organizationId, userId }: Viewer): Principal => ({
  kind: 'user',
  organizationId,
  userId,
  role: 'member',
  platformAdmin: false,
})

export function createTestBucket() {
  const objects = new Map<string, { bytes: Uint8Array; contentType?: string }>()
  const state = { failing: null as ((operation: 'put' | 'delete', keys: string[]) => boolean) | null }
  const check = (operation: 'put' | 'delete', keys: string[]) => {
    if (state.failing?.(operation, keys)) throw new Error(`R2 is away: ${operation}`)
  }
  const bucket = {
    async put(key: string, bytes: Uint8Array, options?: { httpMetadata?: { contentType?: string } }) {
      check('put', [key])
      objects.set(key, { bytes, contentType: options?.httpMetadata?.contentType })
    },
    async get(key: string) {
      const found = objects.get(key)
      if (!found) return null
      const { bytes } = found
      return {
        key,
        size: bytes.byteLength,
        httpEtag: `"${key.length}-${bytes.byteLength}"`,
        httpMetadata: { contentType: found.contentType },
        body: new Blob([bytes as Uint8Array<ArrayBuffer>]).stream(),
        arrayBuffer: async () => bytes.slice().buffer,
      }
    },
    async delete(keys: string | string[]) {
      check('delete', [keys].flat())
      for (const key of [keys].flat()) objects.delete(key)
    },
    async list({ prefix = '' }: { prefix?: string }) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).slice(0, 3)
      return { objects: keys.map((key) => ({ key })), truncated: keys.length === 3 }
    },
  }
  return { objects, state, bucket: bucket as unknown as Bucket }
}

const picture = (bytes: Uint8Array) => ({
  bytes,
  facts: {
    mediaType: 'image/png' as const,
    width: bytes[0]!,
    height: bytes[1]!,
    bytes: bytes.byteLength,
    hasAlpha: false,
  },
})

/** The first two bytes are width and height; nothing is wide is damaged. */
export const fakePixels: Pixels = {
  clean: async ({ bytes }) =>
    bytes[0] === 0 ? { ok: false, fault: 'image_damaged' } : { ok: true, ...picture(bytes) },
  derive: async () => ({
    web: null,
    thumbnail: { bytes: new Uint8Array([7, 7]), mediaType: 'image/webp', width: 1, height: 1 },
    thumbhash: 'aGFzaA==',
  }),
  async prepare(input) {
    const cleaned = await fakePixels.clean(input)
    if (!cleaned.ok) return cleaned
    return { ...cleaned, ...(await fakePixels.derive(cleaned)) }
  },
  writeProvenance: ({ bytes }) => new Uint8Array([...bytes, 1]),
  readProvenance: () => null,
  contentHash: async (bytes) => toHex(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)),
}

export const provenance = (change: Partial<Provenance> = {}): Provenance => ({
  service: 'images',
  operation: 'generate',
  prompt: 'a cat on a roof',
  original_prompt: 'قطة على سطح',
  negative_prompt: null,
  model: 'riwaq/sandbox-image',
  provider: 'riwaq',
  parameters: {},
  seed: 7,
  cost_micros: null,
  request_id: 'req_1',
  made_at: NOON,
  parent_ids: [],
  ...change,
})

let staged = 0

export const stageInput = (change: Partial<StageInput> = {}): StageInput => ({
  itemId: `itm_${String(++staged).padStart(6, '0')}`,
  organizationId: salma.organizationId,
  userId: salma.userId,
  kind: 'image',
  source: 'generated',
  jobId: 'job_1',
  title: 'A cat',
  bytes: new Uint8Array([4, 3, staged % 256, staged >> 8]),
  provenance: provenance(),
  ...change,
})

export function createTestLibrary({ quotaBytes = null as number | null } = {}) {
  const database = createTestDatabase()
  const db = drizzle(database)
  const now = createTestClock(NOON)
  const media = createTestBucket()
  const told: { viewer: Viewer; event: FeedEvent }[] = []
  const audits: ServiceAudit[] = []
  const state = { quotaBytes, auditFails: false, places: 0 }
  const system: LibrarySystem = {
    db,
    items: createItemRows(db),
    media: media.bucket,
    pixels: fakePixels,
    signer: createSigner('a key of the library for tests alone'),
    feedOf: (viewer) => ({
      publish: async (events) => void told.push(...events.map((event) => ({ viewer, event }))),
    }),
    quotaOf: async () => state.quotaBytes,
    async recordAudit(audit) {
      if (state.auditFails) throw new Error('the accounts service is away')
      audits.push(audit)
    },
    siteUrl: 'https://riwaq.example',
    now,
    random: () => (state.places++ % 2_048) / 2_048,
    createId: createIds(now),
    // Only where a test asks for it.
    swept: { at: Infinity },
    logger: silentLogger,
  }
  const app = createServiceApp<LibraryEnv>(
    'library',
    createRoutes(() => system),
  )
  const env = { PRINCIPAL_KEY: TEST_PRINCIPAL_KEY } as LibraryEnv

  async function ask(path: string, { as = salma as Viewer | null, method = 'GET', body = undefined as unknown } = {}) {
    const headers = await principalHeaders(as ? principalOf(as) : { kind: 'anonymous' })
    const execution = createTestExecutionContext()
    const response = await app.request(
      path,
      {
        method: method === 'GET' && body !== undefined ? 'POST' : method,
        headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      },
      env,
      execution as never,
    )
    await execution.settled()
    const isJson = response.headers.get('content-type')?.match(/^application\/(problem\+)?json/)
    // oxlint-disable-next-line typescript/no-explicit-any -- what is answered is looked at field by field
    return { status: response.status, response, body: (isJson ? await response.json() : null) as any }
  }

  return { database, db, now, media, told, audits, state, system, app, env, ask }
}

export type TestLibrary = ReturnType<typeof createTestLibrary>
