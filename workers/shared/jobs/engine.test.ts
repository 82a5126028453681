import { expect, test } from 'vitest'
import { createTestDatabase } from '#db/testing'
import type { FeedEvent } from '../contracts/feed.ts'
import { Problem } from '../http/problems.ts'
import { createWorld, LIFETIME_MS, type WorldOptions } from './testing.ts'
import { PRICE, type Answer, type Input, type Provider } from './testing-handler.ts'
import type { JobEngine, NewJob, StoredJob } from './types.ts'

const organizationId = 'org_test00000001'
const MINUTE = 60_000
const picture: Answer = { picture: 'picture' }
const overloaded = new Problem('provider_overloaded', 'Too many.')
/** Done when it is looked at for that time. */
const operation = (looks = 2): Answer => ({
  operation: 'op_1',
  look: (times) => (times < looks ? { operation: 'op_1', afterMs: 10_000 } : { done: 'picture' }),
})

/** Where every way takes no time: only what waits needs time to pass. */
function createCalm(provider: Provider, options: Partial<WorldOptions> = {}) {
  const organizations = [organizationId, 'org_other0000001']
  const weather = { latency: () => 0, ...options.weather }
  const world = createWorld({ database: createTestDatabase(), organizations, provider, ...options, weather })
  const ask = <T>(question: (engine: JobEngine<Input>) => Promise<T>) =>
    world.inWorker(question).then((answer) => answer as Exclude<typeof answer, 'lost'>)
  async function create(change: Partial<NewJob<Input>> = {}): Promise<StoredJob<Input>> {
    const created = await ask((engine) => engine.create(world.newJob(organizationId, change)))
    if (!('job' in created)) throw new Error(created.code)
    return created.job
  }
  const get = (jobId: string) => world.repository.get({ organizationId, jobId })
  const ledger = world.ledgers.get(organizationId)!
  const finished = async (job: StoredJob<Input>) => {
    await world.run()
    const ended = await get(job.id)
    await world.checkJob(ended)
    await world.checkMoney()
    return ended
  }
  return { ...world, ask, create, get, ledger, finished }
}

test('a job is born with its hold, which lives as long as the job and a little longer', async () => {
  const world = createCalm(() => operation(1_000))
  const job = await world.create()
  expect(job).toMatchObject({ state: 'queued', phase: 'ask', userId: 'usr_a', heldMicros: PRICE, attempts: 0 })
  expect(job.deadlineAt).toBe(world.clock() + LIFETIME_MS)
  await world.pass(LIFETIME_MS - 1)
  expect(world.ledger.liveHolds()).toEqual([job.requestId])
  await world.pass(1_000)
  expect(world.ledger.liveHolds()).toEqual([])
  expect(await world.get(job.id)).toMatchObject({ state: 'expired', fault: { code: 'job_expired' }, attempts: 1 })
  expect(world.outside.stopped).toEqual(['op_1'])
  await world.finished(job)
})

test('a job that is refused leaves no row, and says why', async () => {
  const world = createCalm(() => picture)
  const { admission } = world.newJob(organizationId)
  const dear = { ...admission, ceilingMicros: 10 ** 12, floorMicros: 10 ** 12 }
  await expect(world.create({ admission: dear })).rejects.toMatchObject({ code: 'insufficient_credits' })
  expect((await world.repository.list({ organizationId, limit: 10 })).data).toEqual([])
})

test('a policy that has changed is handed back, so that the job can be prepared under the new one', async () => {
  const world = createCalm(() => picture)
  const { version } = await world.ledger.setPolicy({})
  const { admission } = world.newJob(organizationId)
  const job = world.newJob(organizationId, { admission: { ...admission, policyVersion: version - 1 } })
  expect(await world.ask((engine) => engine.create(job))).toMatchObject({
    code: 'policy_changed',
    snapshot: { version },
  })
})

test('an Idempotency-Key that was answered gives the same job again, and holds nothing', async () => {
  const world = createCalm(() => picture)
  const { admission } = world.newJob(organizationId)
  const named = { ...admission, idempotency: { key: 'k', fingerprint: 'f' } }
  const job = await world.create({ admission: named })
  const again = () => ({ admission: { ...named, requestId: world.createId('request') } })
  await expect(world.create(again())).rejects.toMatchObject({ code: 'idempotency_in_progress' })
  expect(await world.create({ ...again(), joins: true })).toMatchObject({ id: job.id, state: 'queued' })
  await world.finished(job)
  const created = await world.ask((engine) => engine.create(world.newJob(organizationId, again())))
  expect(created).toMatchObject({ replayed: true, job: { id: job.id, state: 'succeeded' } })
  expect(world.outside.asked.get(job.id)).toBe(1)
})

test('a birth that takes longer than its first hold is no birth', async () => {
  const world = createCalm(() => picture, {
    weather: { latency: (step) => (step === 'ledger.renew' ? 61_000 : 0) },
  })
  const born = world.create()
  const refused = expect(born).rejects.toMatchObject({ code: 'service_unavailable' })
  await world.run()
  await refused
  const [row] = (await world.repository.list({ organizationId, limit: 1 })).data
  expect(row).toMatchObject({ state: 'failed', attempts: 0, dead: false })
  await world.checkMoney()
})

test('a caller may drive a job in its own request, and is told of pictures that are not final', async () => {
  const world = createCalm((_job, attempt) => (attempt === 1 ? { error: overloaded } : { ...picture, afterMs: 3_000 }))
  const job = await world.create({ driven: true })
  const previews: number[] = []
  const driven = world.ask((engine) =>
    engine.drive({ organizationId, jobId: job.id, onPreview: ({ index }) => previews.push(index) }),
  )
  await world.finished(job)
  expect(await driven).toMatchObject({ state: 'succeeded', attempts: 2, costMicros: PRICE })
  expect(previews).toEqual([0])
})

test('words that are not to be kept are given to the provider by the caller who drives', async () => {
  const world = createCalm(() => picture)
  const job = await world.create({ driven: true, input: { prompt: '' } })
  await world.ask((engine) => engine.drive({ organizationId, jobId: job.id, input: { prompt: 'a secret' } }))
  expect(world.outside.prompts).toEqual(['a secret'])
  expect((await world.get(job.id)).input).toEqual({ prompt: '' })
})

test('a caller who leaves before anybody was asked has cancelled; later, the job is finished without them', async () => {
  const world = createCalm(() => operation(3))
  const gone = AbortSignal.abort()
  const first = await world.create({ driven: true })
  const left = await world.ask((engine) => engine.drive({ organizationId, jobId: first.id, signal: gone }))
  expect(left).toMatchObject({ state: 'cancelled', attempts: 0 })

  const second = await world.create({ driven: true })
  const leaving = new AbortController()
  const driven = world.ask((engine) => engine.drive({ organizationId, jobId: second.id, signal: leaving.signal }))
  await world.pass(1_000)
  leaving.abort()
  await world.pass(1)
  expect(await driven).toMatchObject({ state: 'running', phase: 'wait' })
  expect(await world.finished(second)).toMatchObject({ state: 'succeeded' })
  // By the alarm, at its time: not by a sweep a minute later.
  expect((await world.get(second.id)).endedAt! - second.createdAt).toBeLessThan(40_000)
})

test('cancelled while the provider is being asked: the Worker lets go, and what comes late is stopped and forgotten', async () => {
  const world = createCalm(() => ({ ...picture, afterMs: 40_000 }))
  const job = await world.create()
  await world.pass(1_000)
  const cancelled = await world.ask((engine) => engine.cancel({ organizationId, jobId: job.id }))
  expect(cancelled).toMatchObject({ state: 'cancelled', fault: { code: 'job_cancelled' }, costMicros: 0 })
  expect(world.ledger.liveHolds()).toEqual([])
  await world.pass(16_000)
  expect(world.alive.size).toBe(0)
  await world.finished(job)
  expect(world.outside.staged.size).toBe(0)
})

test('an operation that a provider names after the cancellation is stopped', async () => {
  const world = createCalm(() => operation(), {
    weather: { latency: (step, when) => (step === 'provider.ask' && when === 'after' ? 5_000 : 0) },
  })
  const job = await world.create()
  await world.pass(1_000)
  await world.ask((engine) => engine.cancel({ organizationId, jobId: job.id }))
  await world.finished(job)
  expect(world.outside.stopped).toEqual(['op_1'])
})

test('a picture that is put aside after the cancellation is forgotten', async () => {
  const world = createCalm(() => picture, {
    weather: { latency: (step, when) => (step === 'library.stage' && when === 'before' ? 5_000 : 0) },
  })
  const job = await world.create()
  await world.pass(1_000)
  await world.ask((engine) => engine.cancel({ organizationId, jobId: job.id }))
  await world.finished(job)
  expect(world.outside.staged.size).toBe(0)
})

test('a cancellation whose money could not be freed says so, and frees it when it is pressed again', async () => {
  let away = true
  const world = createCalm(() => operation(1_000), {
    weather: { strike: (_worker, step) => (away && step === 'ledger.release' ? 'lost' : null) },
  })
  const job = await world.create()
  const press = () => world.ask((engine) => engine.cancel({ organizationId, jobId: job.id }))
  await expect(press()).rejects.toMatchObject({ code: 'service_unavailable' })
  expect(world.ledger.liveHolds()).toEqual([job.requestId])
  away = false
  await press()
  expect(world.ledger.liveHolds()).toEqual([])
  expect(await world.finished(job)).toMatchObject({ state: 'cancelled' })
})

test('what is kept can no longer be cancelled, and what has ended stays as it is', async () => {
  const world = createCalm(() => picture)
  const job = await world.create()
  await world.finished(job)
  const pressed = await world.ask((engine) => engine.cancel({ organizationId, jobId: job.id }))
  expect(pressed).toMatchObject({ state: 'succeeded', costMicros: PRICE })
})

test('a hold that was released under a job: nothing is charged, so nothing is kept, and operators hear of it', async () => {
  const world = createCalm(() => ({ ...picture, afterMs: 5_000 }))
  const job = await world.create()
  await world.pass(1_000)
  await world.ledger.release({ requestId: job.requestId })
  expect(await world.finished(job)).toMatchObject({
    state: 'failed',
    dead: true,
    fault: { code: 'service_unavailable' },
  })
  expect(world.outside.staged.size + world.outside.published.size).toBe(0)
})

test('a ledger that cannot be reached for an hour charges what was kept when it is back', async () => {
  let down = false
  const world = createCalm(() => ({ ...picture, afterMs: 5_000 }), {
    weather: {
      latency: () => 0,
      strike: (_worker, step, when) => (down && when === 'before' && step === 'ledger.settle' ? 'lost' : null),
    },
  })
  const job = await world.create()
  down = true
  world.at(world.clock() + 60 * MINUTE, () => void (down = false))
  await world.pass(30 * MINUTE)
  expect(await world.get(job.id)).toMatchObject({ state: 'running', phase: 'charge' })
  expect(await world.finished(job)).toMatchObject({ state: 'succeeded', costMicros: PRICE })
  expect(world.outside.asked.get(job.id)).toBe(1)
})

test('when its retries have run out a job is a dead letter, and doing it again makes one new job, however often it is pressed', async () => {
  let broken = true
  const world = createCalm(() => (broken ? { error: overloaded } : picture))
  const job = await world.create()
  const dead = await world.finished(job)
  expect(dead).toMatchObject({ state: 'failed', dead: true, attempts: 4, fault: { code: 'provider_overloaded' } })
  expect((await world.repository.deadLetters({ limit: 10 })).data.map(({ id }) => id)).toEqual([job.id])

  broken = false
  const press = () => world.ask((engine) => engine.retry(dead, world.newJob(organizationId)))
  const [first, second] = [await press(), await press()]
  if (!('job' in first) || !('job' in second)) throw new Error('refused')
  expect(second).toMatchObject({ replayed: true, job: { id: first.job.id } })
  expect(first.job.id).not.toBe(job.id)
  expect((await world.repository.deadLetters({ limit: 10 })).data).toEqual([])
  expect(await world.finished(first.job)).toMatchObject({ state: 'succeeded' })
  await expect(world.ask((engine) => engine.retry(first.job, world.newJob(organizationId)))).rejects.toMatchObject({
    code: 'conflict',
  })
})

test('a provider’s word that it is done has it looked at now', async () => {
  const world = createCalm(() => ({
    operation: 'op_1',
    look: (times) => (times === 1 ? { operation: 'op_1', afterMs: 10 * MINUTE } : { done: 'picture' }),
  }))
  const job = await world.create()
  await world.pass(MINUTE)
  await world.ask((engine) => engine.wake({ organizationId, jobId: job.id }))
  await world.ask((engine) => engine.wake({ organizationId, jobId: 'job_unknown' }))
  await world.pass(1_000)
  expect(await world.get(job.id)).toMatchObject({ state: 'succeeded' })
  await world.finished(job)
})

test('a message that is lost is sent again by the alarm, and a lost alarm by the sweep', async () => {
  let copies = 0
  const world = createCalm(() => picture, { weather: { copies: () => copies } })
  const job = await world.create()
  await world.pass(MINUTE - 1)
  expect(await world.get(job.id)).toMatchObject({ state: 'queued' })
  copies = 1
  await world.pass(1_000)
  expect(await world.get(job.id)).toMatchObject({ state: 'succeeded' })

  const second = await world.create()
  for (const forget of world.alarms.values()) forget()
  await world.pass(5_000)
  expect(await world.finished(second)).toMatchObject({ state: 'succeeded' })
})

test('a member’s pages hear of every state, and a feed that is away changes nothing', async () => {
  const heard: FeedEvent[] = []
  const world = createCalm(() => operation(), { feed: async (events) => void heard.push(...events) })
  await world.finished(await world.create())
  const states = heard.flatMap((event) => (event.type === 'job' ? [`${event.job.state} ${event.job.stage}`] : []))
  expect(states[0]).toBe('queued waiting')
  expect(new Set(states)).toEqual(
    new Set(['queued waiting', 'running asking', 'running making', 'running storing', 'succeeded storing']),
  )
  const deaf = createCalm(() => picture, { feed: () => Promise.reject(new Error('away')) })
  expect(await deaf.finished(await deaf.create())).toMatchObject({ state: 'succeeded' })
})

test('whoever is erased leaves no row, no hold and nothing running', async () => {
  const world = createCalm((_job, attempt) => (attempt === 1 ? operation(1_000) : picture))
  const running = await world.create()
  await world.pass(6_000)
  const done = createCalm(() => picture)
  await done.finished(await done.create())
  expect(await done.ask((engine) => engine.eraseFor({ userId: 'usr_b' }))).toBe(0)
  expect(await done.ask((engine) => engine.eraseFor({ userId: 'usr_a' }))).toBe(1)

  expect(await world.ask((engine) => engine.eraseFor({ organizationId, userId: 'usr_owner' }))).toBe(1)
  expect(await world.repository.find({ organizationId, jobId: running.id })).toBeNull()
  expect(world.outside.stopped).toEqual(['op_1'])
  await world.run()
  await world.checkMoney()
  expect(world.alarms.size).toBe(0)
})
