// What is logged of a request, who may read it, and when it goes.
import { expect, test } from 'vitest'
import { createTestDatabase } from '#db/testing'
import { defaultPolicy, type OrganizationPolicy } from '#shared/contracts/policy'
import type { Principal } from '#shared/contracts/principal'
import type { RequestLogDetail, RequestLogEntry } from '#shared/contracts/requests'
import { createTestClock } from '#shared/lib/clock'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { createGuardrails } from '#shared/guardrails/guardrails'
import { createTestBucket } from '../responses/testing.ts'
import { createChatWorld, finish, member, organizationId, sayingModel } from '../testing.ts'
import { createRequestContents, requestContentKey } from './contents.ts'
import { eraseRequests, sweepRequests } from './forget-requests.ts'
import { isSampled } from './is-sampled.ts'
import { createRequestLogIndex } from './repository.ts'
import { createRequestLog } from './request-log.ts'

const path = '/v1/chat/completions'
const DAY = 86_400_000
const said: LanguageEvent[] = [
  { type: 'text-delta', text: 'Write to al' },
  { type: 'text-delta', text: 'i@example.com' },
  finish({ input_tokens: 10, output_tokens: 7 }),
]
const asking = (more: object = {}) => ({
  model: 'fake/words',
  messages: [{ role: 'user', content: 'My card is 4111 1111 1111 1111' }],
  ...more,
})
const owner: Principal = { ...member, role: 'owner' } as Principal
const everything = { sample_percent: 100, content: 'full', retention_days: 7 } as const

async function worldOf(
  log: OrganizationPolicy['request_log'],
  { policy = {}, events = said }: { policy?: Partial<OrganizationPolicy>; events?: LanguageEvent[] } = {},
) {
  const DB = createTestDatabase()
  const { bucket: MEDIA, keys } = createTestBucket()
  const clock = createTestClock(Date.UTC(2026, 10, 22))
  const requestLog = createRequestLog({
    index: createRequestLogIndex(DB),
    contents: createRequestContents(MEDIA),
    clock,
  })
  const guardrails = createGuardrails({ moderationsOf: () => Promise.reject(new Error('not asked')) })
  const world = createChatWorld({
    models: { 'fake/words': sayingModel(events).model },
    outside: { requestLogOf: () => requestLog, guardrailsOf: () => guardrails },
    settings: { DB, MEDIA },
  })
  await world.ledger.setPolicy({ policy: { ...defaultPolicy, request_log: log, ...policy } })
  const read = async <T>(address: string, asked: Principal = owner): Promise<T> =>
    (await (await world.ask(address, null, { method: 'GET', principal: asked })).json()) as T
  return { ...world, DB, MEDIA, keys, clock, read, shelf: { bucket: MEDIA, database: DB } }
}

type Page = { data: RequestLogEntry[]; next_cursor: string | null }

test('a request is logged with what became of it', async () => {
  const world = await worldOf({ ...everything, content: 'none' })
  const answer = await world.ask(path, asking())
  await answer.text()
  await world.settled()
  const { data } = await world.read<Page>('/api/requests')
  expect(data).toEqual([
    {
      id: 'req_test00000001',
      created_at: '2026-11-22T00:00:00.000Z',
      key_id: null,
      user_id: 'usr_test00000001',
      path,
      requested_model: 'fake/words',
      model: 'fake/words',
      provider: 'compatible',
      status: 200,
      code: null,
      ending: 'complete',
      stream: false,
      attempts: 1,
      cache: null,
      replayed: false,
      usage: { input_tokens: 10, output_tokens: 7 },
      cost_micros: 24,
      estimated: false,
      first_byte_ms: 0,
      total_ms: 0,
      guardrails: [],
      content: 'none',
      expires_at: '2026-11-29T00:00:00.000Z',
    },
  ])
  expect(world.keys()).toEqual([])
  expect(await world.read<RequestLogDetail>('/api/requests/req_test00000001')).toMatchObject({ kept: null })
})

test.each([false, true])('what was said is kept where it is to be (stream: %s)', async (stream) => {
  const world = await worldOf(everything)
  await (await world.ask(path, asking({ stream }))).text()
  await world.settled()
  const { kept } = await world.read<RequestLogDetail>('/api/requests/req_test00000001')
  expect(kept!.request).toEqual(asking({ stream }))
  expect(JSON.stringify(kept!.answer)).toContain('Write to ali@example.com')
  expect(kept!.truncated).toBe(false)
})

test.each([false, true])(
  'redacted, nothing that a detector knows is anywhere in it, however the answer was cut (stream: %s)',
  async (stream) => {
    const world = await worldOf({ ...everything, content: 'redacted' })
    await (await world.ask(path, asking({ stream }))).text()
    await world.settled()
    const { kept } = await world.read<RequestLogDetail>('/api/requests/req_test00000001')
    expect(kept!.request).toMatchObject({ messages: [{ role: 'user', content: 'My card is [card]' }] })
    expect(JSON.stringify(kept)).not.toMatch(/4111|ali@|example\.com/)
    expect(JSON.stringify(kept!.answer)).toContain('Write to [email]')
  },
)

test('a refusal is logged with why, and what a guardrail found with how often', async () => {
  const world = await worldOf(everything, {
    policy: { guardrails: [{ type: 'personal-data', kinds: ['card'], action: 'block', stage: 'input' }] },
  })
  expect((await world.ask(path, asking())).status).toBe(400)
  await world.settled()
  const { data } = await world.read<Page>('/api/requests')
  expect(data).toMatchObject([{ status: 400, code: 'content_rejected', model: null, attempts: 0, cost_micros: 0 }])
  await world.ledger.setPolicy({
    policy: {
      ...defaultPolicy,
      request_log: everything,
      guardrails: [{ type: 'personal-data', kinds: ['card'], action: 'mask', stage: 'input' }],
    },
  })
  await (await world.ask(path, asking())).text()
  await world.settled()
  expect((await world.read<Page>('/api/requests?status=ok')).data).toMatchObject([
    { guardrails: ['input.personal-data.card=1'] },
  ])
})

test('embeddings and moderations are logged like answers', async () => {
  const world = await worldOf(everything)
  await (await world.ask('/v1/moderations', { input: 'good morning' })).text()
  await world.settled()
  expect((await world.read<Page>('/api/requests')).data).toMatchObject([
    { path: '/v1/moderations', model: 'riwaq/sandbox-moderation', status: 200, content: 'full' },
  ])
})

test('with zero retention nothing is kept, whatever the log’s own setting says', async () => {
  const world = await worldOf(everything, { policy: { zero_retention: true } })
  await (await world.ask(path, asking())).text()
  await world.settled()
  expect((await world.read<Page>('/api/requests')).data).toEqual([])
  expect(world.keys()).toEqual([])
})

test('a log that cannot be written delays no answer and fails none', async () => {
  const world = await worldOf(everything)
  world.MEDIA.put = () => Promise.reject(new Error('the bucket is away'))
  const answer = await world.ask(path, asking())
  expect(answer.status).toBe(200)
  expect(await answer.text()).toContain('Write to')
  await world.settled()
  expect(await world.charges()).toHaveLength(1)
})

test('which requests are kept is a matter of their ids, in the share that was asked for', () => {
  const ids = Array.from({ length: 20_000 }, (_, at) => `req_01k2m3n4p${at.toString(32).padStart(16, '0')}`)
  const kept = ids.filter((id) => isSampled(id, 20))
  expect(kept.length).toBeGreaterThan(3_700)
  expect(kept.length).toBeLessThan(4_300)
  expect(ids.filter((id) => isSampled(id, 20))).toEqual(kept)
  // What is kept at a fifth is kept at a half as well.
  expect(kept.every((id) => isSampled(id, 50))).toBe(true)
  expect(ids.some((id) => isSampled(id, 0))).toBe(false)
  expect(ids.every((id) => isSampled(id, 100))).toBe(true)
})

test('the list is told apart by model, key, member, status and time, page by page', async () => {
  const world = await worldOf({ ...everything, content: 'none' })
  const index = createRequestLogIndex(world.DB)
  await (await world.ask(path, asking())).text()
  await world.settled()
  const first = await index.getRequestOf({ organizationId, id: 'req_test00000001' })
  const at = first.at
  await index.add({ ...first, id: 'req_b', at: at + 1, keyId: 'key_1', model: 'fake/other', status: 429 })
  await index.add({ ...first, id: 'req_c', at: at + 1, userId: 'usr_2', asked: 'fake/alias' })
  await index.add({ ...first, id: 'req_d', organizationId: 'org_other' })
  const idsOf = async (query: string) => (await world.read<Page>(`/api/requests?${query}`)).data.map(({ id }) => id)
  expect(await idsOf('')).toEqual(['req_c', 'req_b', 'req_test00000001'])
  expect(await idsOf('key_id=key_1')).toEqual(['req_b'])
  expect(await idsOf('user_id=usr_2')).toEqual(['req_c'])
  expect(await idsOf('model=fake/other')).toEqual(['req_b'])
  expect(await idsOf('model=fake/alias')).toEqual(['req_c'])
  expect(await idsOf('status=error')).toEqual(['req_b'])
  expect(await idsOf('status=429')).toEqual(['req_b'])
  expect(await idsOf(`to=${new Date(at + 1).toISOString()}`)).toEqual(['req_test00000001'])
  expect(await idsOf(`from=${new Date(at + 1).toISOString()}`)).toEqual(['req_c', 'req_b'])
  const page = await world.read<Page>('/api/requests?limit=2')
  expect(page.data.map(({ id }) => id)).toEqual(['req_c', 'req_b'])
  expect(await idsOf(`limit=2&cursor=${page.next_cursor}`)).toEqual(['req_test00000001'])
})

test.each(['status=maybe', 'from=yesterday', 'cursor=abc', 'colour=red', 'limit=0'])(
  'a list asked for with %s is refused',
  async (query) => {
    const world = await worldOf(everything)
    const response = await world.ask(`/api/requests?${query}`, null, { method: 'GET', principal: owner })
    expect(response.status).toBe(400)
  },
)

test('only those who run the organization read it, and only a person deletes of it', async () => {
  const world = await worldOf(everything)
  await (await world.ask(path, asking())).text()
  await world.settled()
  const one = '/api/requests/req_test00000001'
  const status = async (method: string, principal: Principal) =>
    (await world.ask(one, null, { method, principal })).status
  const key: Principal = {
    kind: 'api-key',
    organizationId,
    keyId: 'key_1',
    userId: 'usr_test00000001',
    scopes: ['organization'],
  }
  expect(await status('GET', member)).toBe(403)
  expect(await status('GET', { ...key, scopes: ['chat'] })).toBe(403)
  expect(await status('GET', key)).toBe(200)
  expect(await status('DELETE', key)).toBe(403)
  expect(await status('GET', { ...owner, organizationId: 'org_other' } as Principal)).toBe(404)
  expect(await status('DELETE', { ...owner, organizationId: 'org_other' } as Principal)).toBe(404)
  expect(await status('DELETE', owner)).toBe(204)
  expect(await status('GET', owner)).toBe(404)
  expect(world.keys()).toEqual([])
})

test('what has expired goes, with what was said', async () => {
  const world = await worldOf(everything)
  await (await world.ask(path, asking())).text()
  await world.settled()
  expect(await sweepRequests(world.shelf, world.clock() + 7 * DAY - 1)).toBe(0)
  expect(world.keys()).toEqual([requestContentKey(organizationId, 'req_test00000001')])
  expect(await sweepRequests(world.shelf, world.clock() + 7 * DAY)).toBe(1)
  expect(world.keys()).toEqual([])
})

test('a member or an organization that is erased takes its log along', async () => {
  const world = await worldOf(everything)
  for (const id of ['req_1', 'req_2', 'req_3']) {
    await (await world.ask(path, asking(), { requestId: id })).text()
    await world.settled()
  }
  const index = createRequestLogIndex(world.DB)
  const row = await index.getRequestOf({ organizationId, id: 'req_1' })
  await index.add({ ...row, id: 'req_4', userId: 'usr_2' })
  expect(await eraseRequests(world.shelf, { userId: 'usr_test00000001' })).toBe(3)
  expect(world.keys()).toEqual([])
  expect((await world.read<Page>('/api/requests')).data.map(({ id }) => id)).toEqual(['req_4'])
  await world.MEDIA.put(requestContentKey(organizationId, 'req_lost'), new Uint8Array())
  expect(await eraseRequests(world.shelf, { organizationId, userId: 'usr_2' })).toBe(1)
  expect(world.keys()).toEqual([])
})
