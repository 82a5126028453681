// A thousand jobs in bad weather: providers that fail, stall and never answer, messages that are lost or come twice, calls
// whose answer is lost, Workers that are lost, all of them restarted, people who cancel and clients who leave.
import { expect, test } from 'vitest'
import { createTestDatabase } from '#db/testing'
import { isProblem, Problem } from '../http/problems.ts'
import { createWorld, type Worker, type World } from './testing.ts'
import { PRICE, type Answer, type Input } from './testing-handler.ts'
import { createRandom } from './timeline.ts'
import type { StoredJob } from './types.ts'

const JOBS = 1_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE

type Random = () => number

const pick = <T>(random: Random, ...from: T[]): T => from[Math.floor(random() * from.length)]!

function badWeather(random: Random) {
  return {
    latency: (_step: string, when: 'before' | 'after') =>
      when === 'after' ? 0 : random() < 0.004 ? 20_000 : 1 + Math.floor(random() * 120),
    strike(_worker: Worker, step: string) {
      const chance = random()
      if (chance < 0.004) return 'death' as const
      // What is asked of the provider fails in its own ways.
      return chance < 0.014 && !step.startsWith('provider') ? ('lost' as const) : null
    },
    copies: () => (random() < 0.05 ? 0 : random() < 0.08 ? 2 : 1),
  }
}

function someFault(random: Random): Error {
  return pick<() => Error>(
    random,
    () => new Problem('provider_overloaded', 'Too many.', { retryAfterSeconds: Math.ceil(random() * 20) }),
    () => new Problem('provider_error', 'Broken.', { upstream: { status: 500 } }),
    () => new Problem('provider_timeout', 'Too slow.'),
    () => new Problem('provider_no_image', 'Nothing came.'),
    () => new Problem('content_rejected', 'No.'),
    () => new TypeError('fetch failed'),
  )()
}

function slowly(random: Random, operation: string): Answer {
  const looks = 1 + Math.floor(random() * 6)
  const end = random() < 0.15 ? someFault(random) : { done: 'picture' }
  const stalls = random() < 0.05
  return {
    operation,
    look(times) {
      if (stalls || times < looks) {
        if (random() < 0.1) return new Problem('provider_overloaded', 'Not now.')
        return { operation, afterMs: pick(random, 500, 5_000, 60_000), progress: times / looks }
      }
      return end
    },
  }
}

function moodyProvider(random: Random) {
  const answers = new Map<string, Answer>()
  const answer = (name: string): Answer => {
    const mood = random()
    if (mood < 0.2) return { error: someFault(random), afterMs: random() * 10_000 }
    if (mood < 0.22) return { silence: true }
    if (mood < 0.6) return slowly(random, name)
    return { picture: 'picture', afterMs: random() < 0.05 ? 3 * MINUTE : random() * 20_000 }
  }
  return (job: StoredJob, attempt: number): Answer => {
    const name = `${job.id}/${attempt}`
    if (!answers.has(name)) answers.set(name, answer(name))
    return answers.get(name)!
  }
}

/** Somebody who wants one picture, asks again until told of a job, and may change their mind. */
async function want(
  world: World,
  { organizationId, name, random }: { organizationId: string; name: string; random: Random },
) {
  const driven = random() < 0.4
  const idempotency = { key: name, fingerprint: name }
  const { admission } = world.newJob(organizationId)
  for (;;) {
    const job = world.newJob(organizationId, {
      driven,
      input: { prompt: name },
      admission: { ...admission, idempotency, requestId: world.createId('request') },
    })
    const left = new AbortController()
    if (random() < 0.2) world.at(world.clock() + random() * 30_000, () => left.abort())
    const created = await world
      .inWorker(async (engine) => {
        const born = await engine.create(job)
        if (driven && 'job' in born)
          await engine.drive({ organizationId, jobId: born.job.id, signal: left.signal }).catch(() => {})
        return born
      })
      .catch((error: unknown) =>
        isProblem(error) && error.code === 'conflict' ? Promise.reject(error) : ('lost' as const),
      )
    if (created !== 'lost' && 'job' in created) {
      world.promised.add(created.job.id)
      return created.job
    }
    await new Promise<void>((done) => void world.at(world.clock() + 20_000, done))
  }
}

async function changeMind(world: World, job: StoredJob<Input>): Promise<void> {
  const { organizationId, id: jobId } = job
  const cancelled = await world
    .inWorker((engine) => engine.cancel({ organizationId, jobId }))
    .catch(() => 'lost' as const)
  if (cancelled !== 'lost' && cancelled.state === 'cancelled')
    expect(world.ledgers.get(organizationId)!.liveHolds()).not.toContain(job.requestId)
}

async function wake(world: World, { organizationId, id: jobId }: StoredJob<Input>): Promise<void> {
  await world.inWorker((engine) => engine.wake({ organizationId, jobId })).catch(() => {})
}

async function allJobs(world: World, organizations: string[]): Promise<StoredJob<Input>[]> {
  const all: StoredJob<Input>[] = []
  for (const organizationId of organizations) {
    for (let cursor: string | undefined; ;) {
      const page = await world.repository.list({ organizationId, limit: 100, cursor })
      all.push(...page.data)
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
  }
  return all
}

test('a thousand jobs in a storm: each ends once, is kept once, is charged once or not at all', async () => {
  const random = createRandom(5)
  const organizations = Array.from({ length: 20 }, (_, index) => `org_storm${index}`)
  const world = createWorld({
    database: createTestDatabase(),
    organizations,
    provider: moodyProvider(random),
    weather: badWeather(random),
    random,
  })
  for (let index = 0; index < JOBS; index++) {
    const organizationId = organizations[index % organizations.length]!
    world.at(world.clock() + random() * HOUR, () => {
      void want(world, { organizationId, name: `picture ${index}`, random }).then((job) => {
        if (random() < 0.1) world.at(world.clock() + random() * 30_000, () => void changeMind(world, job))
        // The provider’s webhook, when it likes.
        if (random() < 0.2) world.at(world.clock() + random() * MINUTE, () => void wake(world, job))
      })
    })
  }
  for (let restart = 1; restart <= 8; restart++)
    world.at(world.clock() + restart * 8 * MINUTE, () => {
      for (const worker of world.alive) world.kill(worker)
    })
  await world.run()

  const jobs = await allJobs(world, organizations)
  expect(world.promised.size).toBe(JOBS)
  for (const job of jobs) {
    await world.checkJob(job)
    expect(world.outside.asked.get(job.id) ?? 0).toBeLessThanOrEqual(4)
    expect(job.endedAt! - job.deadlineAt).toBeLessThan(5 * MINUTE)
  }
  await world.checkMoney()
  const succeeded = jobs.filter(({ state }) => state === 'succeeded')
  const spent = [...world.ledgers.values()].flatMap((ledger) =>
    ledger.published().filter(({ kind }) => kind !== 'grant'),
  )
  expect(spent.reduce((sum, entry) => sum - entry.amountMicros, 0)).toBe(succeeded.length * PRICE)
  expect(world.outside.published.size).toBe(succeeded.length)
  // However often somebody asked for it.
  expect(new Set(succeeded.map(({ input }) => input.prompt)).size).toBe(succeeded.length)
  // The weather was bad enough to say something, and most of them came through it.
  for (const state of ['failed', 'cancelled', 'expired']) expect(jobs.some((job) => job.state === state)).toBe(true)
  expect(succeeded.length).toBeGreaterThan(JOBS * 0.6)
}, 60_000)
