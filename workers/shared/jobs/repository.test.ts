import { expect, test } from 'vitest'
import { createTestDatabase } from '#db/testing'
import { jobTable } from '#db/job-table'
import { createIds } from '../lib/ids.ts'
import { createJobRepository } from './repository.ts'
import { toJob } from './to-job.ts'
import type { StoredJob } from './types.ts'

const NOW = Date.UTC(2026, 0, 1)

function createRows() {
  const database = createTestDatabase()
  const repository = createJobRepository({ database, table: jobTable('image_jobs') })
  const createId = createIds(() => NOW)
  async function add(change: Partial<StoredJob> = {}): Promise<StoredJob> {
    const job: StoredJob = {
      id: createId('job'),
      organizationId: 'org_a',
      userId: 'usr_a',
      keyId: null,
      service: 'images',
      kind: 'generate',
      requestId: createId('request'),
      state: 'queued',
      phase: 'ask',
      stage: 'waiting',
      progress: null,
      attempts: 0,
      failures: 0,
      model: 'riwaq/sandbox-image',
      provider: 'riwaq',
      input: { prompt: 'رواق' },
      operation: null,
      product: null,
      heldMicros: 2_000,
      costMicros: 0,
      fault: null,
      fate: null,
      dead: false,
      createdAt: NOW,
      startedAt: null,
      endedAt: null,
      deadlineAt: NOW + 900_000,
      nextLookAt: NOW,
      lease: null,
      leaseUntil: 0,
      ...change,
    }
    await repository.insert(job)
    return job
  }
  return { database, repository, add }
}

test('a row comes back as it was put', async () => {
  const { repository, add } = createRows()
  const job = await add({ fault: { code: 'provider_error', message: 'Broken.', param: null }, progress: 0.25 })
  expect(await repository.get({ organizationId: 'org_a', jobId: job.id })).toEqual(job)
  expect(await repository.findByRequest(job)).toEqual(job)
})

test('a job of another organization, or of another member where one is named, does not exist', async () => {
  const { repository, add } = createRows()
  const { id: jobId, requestId } = await add()
  await expect(repository.get({ organizationId: 'org_b', jobId })).rejects.toMatchObject({ code: 'not_found' })
  await expect(repository.get({ organizationId: 'org_a', jobId, userId: 'usr_b' })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await repository.findByRequest({ organizationId: 'org_b', requestId })).toBeNull()
  expect(
    await repository.move({ job: { id: jobId, organizationId: 'org_b' }, phases: ['ask'] }, { attempts: 9 }),
  ).toBeNull()
})

test('one Worker alone has a job, until its lease has run out', async () => {
  const { repository, add } = createRows()
  const job = await add()
  const claim = (lease: string, now: number) => repository.claim(job, { lease, now, until: now + 90_000 })
  const claims = await Promise.all([claim('a', NOW), claim('b', NOW)])
  expect(claims.map((claimed) => claimed?.lease ?? null)).toEqual(['a', null])
  expect(await claim('c', NOW + 89_999)).toBeNull()
  expect(await claim('d', NOW + 90_000)).toMatchObject({ lease: 'd' })
  // Whoever was too slow changes nothing any more.
  expect(await repository.move({ job, phases: ['ask'], lease: 'a' }, { phase: 'wait' })).toBeNull()
  expect(await repository.move({ job, phases: ['ask'], lease: 'd' }, { phase: 'wait' })).toMatchObject({
    phase: 'wait',
  })
})

test('nothing is due before its time, and what has ended is never due and never moves', async () => {
  const { repository, add } = createRows()
  const later = await add({ nextLookAt: NOW + 1 })
  const ended = await add({ state: 'failed', phase: 'done' })
  const claim = (job: StoredJob) => repository.claim(job, { lease: 'a', now: NOW, until: NOW + 1 })
  expect([await claim(later), await claim(ended)]).toEqual([null, null])
  expect(await repository.move({ job: ended, phases: ['done'] }, { state: 'succeeded' })).toBeNull()
  expect(await repository.listOverdue({ since: NOW, now: NOW, limit: 10 })).toEqual([])
  const overdue = await repository.listOverdue({ since: NOW + 1, now: NOW + 1, limit: 10 })
  expect(overdue.map(({ id }) => id)).toEqual([later.id])
})

test('lists are newest first, page by page, by member and by state', async () => {
  const { repository, add } = createRows()
  const jobs = []
  for (let count = 0; count < 5; count++) jobs.push(await add({ state: count % 2 ? 'succeeded' : 'queued' }))
  await add({ userId: 'usr_b' })
  const query = { organizationId: 'org_a', userId: 'usr_a', limit: 2 }
  const first = await repository.list(query)
  const second = await repository.list({ ...query, cursor: first.nextCursor! })
  const third = await repository.list({ ...query, cursor: second.nextCursor! })
  const seen = [first, second, third].flatMap(({ data }) => data.map(({ id }) => id))
  expect(seen).toEqual(jobs.map(({ id }) => id).toReversed())
  expect(third.nextCursor).toBeNull()
  expect((await repository.list({ ...query, states: ['succeeded'] })).data).toHaveLength(2)
  expect((await repository.list({ organizationId: 'org_a', limit: 10 })).data).toHaveLength(6)
  await expect(repository.list({ ...query, cursor: 'bm90aGluZw' })).rejects.toMatchObject({ code: 'invalid_cursor' })
})

test('one request has one job', async () => {
  const { add } = createRows()
  const { requestId } = await add()
  await expect(add({ requestId })).rejects.toThrow()
  await add({ requestId, organizationId: 'org_b' })
})

type Rows = ReturnType<typeof createJobRepository>

test.each<[string, (rows: Rows) => Promise<unknown>]>([
  ['image_jobs_due', (rows) => rows.listOverdue({ since: NOW, now: NOW, limit: 9 })],
  ['image_jobs_of_member', (rows) => rows.list({ organizationId: 'org_a', userId: 'usr_a', limit: 9 })],
  ['by_state', (rows) => rows.list({ organizationId: 'org_a', userId: 'usr_a', states: ['failed'], limit: 9 })],
  ['image_jobs_of_organization', (rows) => rows.list({ organizationId: 'org_a', limit: 9 })],
  ['image_jobs_by_request', (rows) => rows.findByRequest({ organizationId: 'org_a', requestId: 'req_a' })],
  ['image_jobs_dead', (rows) => rows.deadLetters({ limit: 9 })],
  ['image_jobs_of_user', (rows) => rows.listForErasure({ userId: 'usr_a', limit: 9 })],
  ['image_jobs_by_request', (rows) => rows.listForErasure({ organizationId: 'org_a', limit: 9 })],
])('what is asked is found by the index %s', async (index, ask) => {
  const { database } = createRows()
  const asked: string[] = []
  const listening = { ...database, prepare: (sql: string) => (asked.push(sql), database.prepare(sql)) } as D1Database
  await ask(createJobRepository({ database: listening, table: jobTable('image_jobs') }))
  expect(asked).toHaveLength(1)
  const plan = await database.prepare(`explain query plan ${asked[0]}`).all<{ detail: string }>()
  expect(plan.results[0]!.detail).toMatch(/^SEARCH/)
  expect(plan.results[0]!.detail).toMatch(new RegExp(`INDEX \\w*${index} `))
})

test('its owner is shown what concerns them: no product before it succeeded, no fault before it failed', async () => {
  const { add } = createRows()
  const fault = { code: 'provider_error', message: 'Broken.', param: null }
  const product = { itemIds: ['itm_a'], charge: {} as never, facts: {} }
  const running = await add({ state: 'running', phase: 'charge', product, fault, costMicros: 2_000 })
  const show = () => ({})
  expect(toJob(running, show)).toMatchObject({ item_ids: [], error: null, cost_micros: 0, held_micros: 2_000 })
  expect(toJob({ ...running, state: 'succeeded' }, show)).toMatchObject({
    item_ids: ['itm_a'],
    error: null,
    cost_micros: 2_000,
    held_micros: 0,
    progress: 1,
  })
  expect(toJob({ ...running, state: 'failed' }, show)).toMatchObject({ item_ids: [], error: fault, cost_micros: 0 })
})
