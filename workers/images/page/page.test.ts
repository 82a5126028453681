import { expect, test } from 'vitest'
import type { ImageEstimate, ImageModelInfo } from '#shared/contracts/images'
import type { DeadLetter, Job } from '#shared/contracts/jobs'
import { Problem } from '#shared/http/problems'
import type { ImageRequest } from '#shared/providers/spec/image-model'
import {
  createImagesWorld,
  drawn,
  member,
  operator,
  ordering,
  organizationId,
  other,
  painter,
  painting,
  PICTURE_MICROS,
  png,
  userId,
  type Asking,
} from '../testing.ts'

const asked = { operation: 'generate', model: painter.id, prompt: 'a fox' }
const owner = { organizationId, userId }
const dataUrl = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`
const dead = () => painting(async () => Promise.reject(new Problem('provider_no_image', 'None.')))

test('a job is taken at once, made by the queue, and told to the page', async () => {
  const world = await createImagesWorld()
  const response = await world.ask('/api/images/jobs', { ...asked, count: 3 })
  expect(response.status).toBe(202)
  const job = (await response.json()) as Job
  expect(job).toMatchObject({ state: 'queued', held_micros: 3 * PICTURE_MICROS, input: { prompt: 'a fox', count: 3 } })
  expect(job.input).not.toHaveProperty('ways')
  await world.work()
  const done = await world.json<Job>(`/api/images/jobs/${job.id}`)
  expect(done).toMatchObject({ state: 'succeeded', cost_micros: 3 * PICTURE_MICROS, held_micros: 0 })
  expect(done.item_ids).toEqual(world.published().map(({ itemId }) => itemId))
  expect(world.events.at(-1)).toMatchObject({ type: 'job', job: { state: 'succeeded' } })
  // What was asked for, and nothing of how it is done.
  expect(JSON.stringify(world.events)).not.toContain('"ways"')
})

test('a button that is pressed twice makes one job', async () => {
  const world = await createImagesWorld()
  const again = { headers: { 'idempotency-key': 'press' } }
  const first = await world.json<Job>('/api/images/jobs', asked, again)
  await world.work()
  const second = await world.json<Job>('/api/images/jobs', asked, again)
  expect(second).toMatchObject({ id: first.id, state: 'succeeded' })
  expect(await world.charges()).toEqual([PICTURE_MICROS])
})

test('lists are of one’s own, by state, newest first', async () => {
  const world = await createImagesWorld()
  const ids: string[] = []
  for (const prompt of ['one', 'two', 'three'])
    ids.unshift((await world.json<Job>('/api/images/jobs', { ...asked, prompt })).id)
  const first = await world.json<{ data: Job[]; next_cursor: string }>('/api/images/jobs?limit=2')
  const second = await world.json<{ data: Job[] }>(`/api/images/jobs?limit=2&cursor=${first.next_cursor}`)
  expect([...first.data, ...second.data].map(({ id }) => id)).toEqual(ids)
  await world.work()
  expect((await world.json<{ data: Job[] }>('/api/images/jobs?state=queued,running')).data).toEqual([])
  expect((await world.json<{ data: Job[] }>('/api/images/jobs', undefined, { principal: other })).data).toEqual([])
  expect((await world.ask('/api/images/jobs?state=done')).status).toBe(400)
})

test('somebody else’s job is not there', async () => {
  const world = await createImagesWorld()
  const { id } = await world.json<Job>('/api/images/jobs', asked)
  const as: Asking[] = [{ principal: other }, { principal: { ...member, organizationId: 'org_test00000002' } as never }]
  for (const asking of as) {
    expect((await world.ask(`/api/images/jobs/${id}`, undefined, asking)).status).toBe(404)
    for (const act of ['cancel', 'retry'])
      expect((await world.ask(`/api/images/jobs/${id}/${act}`, {}, asking)).status).toBe(404)
  }
})

test('pictures of the library are worked from, and named as where the new one comes from', async () => {
  const requests: ImageRequest[] = []
  const world = await createImagesWorld({
    models: [
      painting(async (request) => {
        requests.push(request)
        return drawn(request)
      }),
    ],
  })
  world.own('itm_mine', png({ width: 128 }), owner)
  const mask = dataUrl(png({ width: 128, mark: 1 }))
  await world.json('/api/images/jobs', { ...asked, operation: 'edit', item_ids: ['itm_mine'], mask })
  await world.work()
  expect(requests[0]).toMatchObject({ operation: 'edit', images: [{ width: 128 }], mask: { width: 128 } })
  expect(world.published().at(-1)).toMatchObject({ parentIds: ['itm_mine'], source: 'edited' })
  // The mask was for this job alone.
  expect(world.waiting()).toEqual([])
})

test('a picture that the caller may not see is not there', async () => {
  const world = await createImagesWorld()
  world.own('itm_theirs', png(), { organizationId, userId: 'usr_test00000002' })
  const response = await world.ask('/api/images/jobs', { ...asked, operation: 'edit', item_ids: ['itm_theirs'] })
  expect(response.status).toBe(404)
  expect(world.ledger.liveHolds()).toEqual([])
})

test('a picture grows beyond its edges by as much as is asked, and not by nothing', async () => {
  const world = await createImagesWorld()
  world.own('itm_mine', png(), owner)
  const grow = { ...asked, operation: 'outpaint', item_ids: ['itm_mine'] }
  const none = { top: 0, bottom: 0, left: 0, right: 0 }
  expect(await world.json('/api/images/jobs', { ...grow, extend: none })).toMatchObject({ param: 'extend' })
  expect(await world.json('/api/images/jobs', { ...grow, extend: { ...none, top: 64 }, size: '64x64' })).toMatchObject({
    param: 'size',
  })
  const huge = { top: 4_096, bottom: 4_096, left: 4_096, right: 4_096 }
  expect(await world.json('/api/images/jobs', { ...grow, extend: huge })).toMatchObject({ code: 'image_too_large' })
  expect((await world.ask('/api/images/jobs', { ...grow, extend: { ...none, top: 64 } })).status).toBe(202)
})

test('a full library is told before anything is paid', async () => {
  const world = await createImagesWorld({ quotaBytes: 0 })
  expect(await world.json('/api/images/jobs', asked)).toMatchObject({ code: 'storage_exhausted' })
  expect(world.ledger.liveHolds()).toEqual([])
})

test('a library that fills up meanwhile costs nothing', async () => {
  const world = await createImagesWorld({ quotaBytes: 10 })
  const { id } = await world.json<Job>('/api/images/jobs', asked)
  await world.work()
  expect(await world.json<Job>(`/api/images/jobs/${id}`)).toMatchObject({
    state: 'failed',
    error: { code: 'storage_exhausted' },
  })
  expect([await world.charges(), world.ledger.liveHolds(), world.shelf.size]).toEqual([[], [], 0])
})

test('the page of an organization that keeps nothing is told why it makes nothing', async () => {
  const world = await createImagesWorld({ policy: { zero_retention: true } })
  expect(await world.json('/api/images/jobs', asked)).toMatchObject({
    code: 'conflict',
    facts: { reason: 'zero_retention' },
  })
})

test('what is cancelled frees its money before the answer, and stops the vendor', async () => {
  const stopped: string[] = []
  const world = await createImagesWorld({
    models: [
      ordering({
        start: async () => ({ operation: 'op_1', warnings: [] }),
        poll: async () => ({ state: 'pending', progress: 0.5 }),
        cancel: async (operation) => void stopped.push(operation),
      }),
    ],
  })
  const { id } = await world.json<Job>('/api/images/jobs', asked)
  await world.work()
  expect(await world.json<Job>(`/api/images/jobs/${id}`)).toMatchObject({ state: 'running', progress: null })
  expect(await world.json<Job>(`/api/images/jobs/${id}/cancel`, {})).toMatchObject({ state: 'cancelled' })
  expect([stopped, world.ledger.liveHolds(), await world.charges()]).toEqual([['op_1'], [], []])
})

test('what failed is asked for again in the same words, once', async () => {
  let broken = true
  const world = await createImagesWorld({
    models: [
      painting(async (request) => {
        if (broken) throw new Problem('content_rejected', 'Not today.')
        return drawn(request)
      }),
    ],
  })
  world.own('itm_mine', png(), owner)
  const edit = { ...asked, operation: 'edit', item_ids: ['itm_mine'], mask: dataUrl(png({ mark: 1 })) }
  const first = await world.json<Job>('/api/images/jobs', edit)
  await world.work()
  broken = false
  const second = await world.json<Job>(`/api/images/jobs/${first.id}/retry`, {})
  const third = await world.json<Job>(`/api/images/jobs/${first.id}/retry`, {})
  expect(second.id).not.toBe(first.id)
  expect(third.id).toBe(second.id)
  await world.work()
  expect(await world.json<Job>(`/api/images/jobs/${second.id}`)).toMatchObject({
    state: 'succeeded',
    input: { prompt: 'a fox', item_ids: ['itm_mine'] },
  })
  expect([await world.charges(), world.waiting()]).toEqual([[PICTURE_MICROS], []])
  expect(await world.json(`/api/images/jobs/${second.id}/retry`, {})).toMatchObject({ code: 'conflict' })
})

test('an estimate holds nothing and says what would be held', async () => {
  const world = await createImagesWorld({ balanceMicros: 5_000 })
  expect(await world.json<ImageEstimate>('/api/images/estimates', { ...asked, count: 2 })).toEqual({
    max_micros: 2 * PICTURE_MICROS,
    likely_micros: 2 * PICTURE_MICROS,
    available_micros: 5_000,
    affordable: true,
    translates: false,
  })
  expect(await world.json('/api/images/estimates', { ...asked, count: 4 })).toMatchObject({ affordable: false })
  const arabic = { ...asked, prompt: 'قطة', model: 'fake/pencil' }
  expect(await world.json('/api/images/estimates', arabic)).toMatchObject({ translates: true })
  expect(world.ledger.liveHolds()).toEqual([])
})

test('models say what they can, and those that the organization does not allow are not offered', async () => {
  const all = await createImagesWorld()
  const { data } = await all.json<{ data: ImageModelInfo[] }>('/api/images/models')
  expect(data).toMatchObject([
    { id: 'fake/painter', mask: true, from_micros: PICTURE_MICROS, sizes: { kind: 'range', min: 64 } },
    { id: 'fake/pencil', mask: false, sizes: { kind: 'list', sizes: ['512x512', '512x768'] } },
  ])
  const fewer = await createImagesWorld({ policy: { allowed_models: ['fake/pencil'] } })
  expect((await fewer.json<{ data: ImageModelInfo[] }>('/api/images/models')).data).toHaveLength(1)
  expect(await fewer.json('/api/images/jobs', asked)).toMatchObject({ code: 'model_not_allowed' })
})

test('styles are shown without the words that models are given', async () => {
  const world = await createImagesWorld()
  const { data } = await world.json<{ data: object[] }>('/api/images/styles')
  expect(data[0]).toEqual({
    id: 'photo',
    name: expect.anything(),
    description: expect.anything(),
    colours: expect.anything(),
  })
})

test('a prompt is proposed, not used', async () => {
  const world = await createImagesWorld({
    written: { ok: true, text: 'a red fox in deep snow', model: 'openai/writer', costMicros: 7 },
  })
  expect(await world.json('/api/images/prompts', { prompt: 'a fox', goal: 'improve' })).toEqual({
    prompt: 'a red fox in deep snow',
    original: 'a fox',
    model: 'openai/writer',
    cost_micros: 7,
  })
})

test('operators see what nobody could finish, without its words, and have it done for whoever asked', async () => {
  let broken = true
  const world = await createImagesWorld({
    models: [
      painting(async (request) => {
        if (broken) throw new Problem('provider_no_image', 'None.')
        return drawn(request)
      }),
    ],
  })
  const { id } = await world.json<Job>('/api/images/jobs', asked)
  for (let round = 0; round < 4; round++) {
    await world.work()
    world.clock.advance(60_000)
    await world.jobs.work({ organizationId, jobId: id })
  }
  expect((await world.ask('/api/images/dead-letters')).status).toBe(403)
  const { data } = await world.json<{ data: DeadLetter[] }>('/api/images/dead-letters', undefined, {
    principal: operator,
  })
  expect(data).toMatchObject([
    { id, organization_id: organizationId, user_id: userId, error: { code: 'provider_no_image' } },
  ])
  expect(JSON.stringify(data)).not.toContain('fox')
  broken = false
  const again = await world.json<DeadLetter>(`/api/images/dead-letters/${id}/retry`, {}, { principal: operator })
  await world.work()
  expect(world.published()).toMatchObject([{ jobId: again.id, userId }])
  const left = await world.json<{ data: DeadLetter[] }>('/api/images/dead-letters', undefined, { principal: operator })
  expect(left.data).toEqual([])
})

test('what belongs to whoever was erased is gone, and what ran is stopped first', async () => {
  const world = await createImagesWorld()
  await world.json('/api/images/jobs', asked)
  expect(await world.erase({ userId })).toEqual(['ack'])
  expect([world.ledger.liveHolds(), (await world.jobs.list({ organizationId, limit: 10 })).data]).toEqual([[], []])
})

test('nobody asks without a name, and a viewer makes nothing', async () => {
  const world = await createImagesWorld({ models: [dead()] })
  for (const path of ['/api/images/jobs', '/api/images/models', '/api/images/styles'])
    expect((await world.ask(path, undefined, { principal: { kind: 'anonymous' } })).status).toBe(401)
  const viewer = { ...member, role: 'viewer' } as typeof member
  expect((await world.ask('/api/images/jobs', asked, { principal: viewer })).status).toBe(403)
})
