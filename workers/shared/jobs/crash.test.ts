// A Worker is lost at each of its steps, before it takes effect and after. What was promised holds all the same.
import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '#db/testing'
import { Problem } from '../http/problems.ts'
import { createWorld, type World, type Worker } from './testing.ts'
import type { Answer } from './testing-handler.ts'
import type { StoredJob } from './types.ts'

// Each tells its story some hundred times.
vi.setConfig({ testTimeout: 30_000 })

const database = createTestDatabase()
let made = 0

interface Story {
  provider(job: StoredJob, attempt: number): Answer
  /** What people do, and what they are told. */
  tell(world: World, organizationId: string): void
  /** As what: one or the other. A job that nobody was given may have failed as well. */
  ends: string | readonly string[]
}

const overloaded = () => new Problem('provider_overloaded', 'Too many.')
const operation: Answer = {
  operation: 'op_1',
  look: (times) => (times < 3 ? { operation: 'op_1', afterMs: 5_000, progress: times / 3 } : { done: 'picture' }),
}

/** Plays it with the Worker being lost at this step; false where there are fewer steps. */
async function play(story: Story, { step, when }: { step: number; when: 'before' | 'after' }): Promise<boolean> {
  let steps = 0
  let struck = false
  const organizationId = `org_crash${++made}`
  function strike(_worker: Worker, _step: string, now: 'before' | 'after') {
    if (now !== when || struck || steps++ !== step) return null
    struck = true
    return 'death' as const
  }
  const world = createWorld({
    database,
    organizations: [organizationId],
    provider: story.provider,
    weather: { strike },
  })
  story.tell(world, organizationId)
  await world.run()
  const { data: jobs } = await world.repository.list({ organizationId, limit: 10 })
  for (const job of jobs) {
    await world.checkJob(job)
    expect(world.promised.has(job.id) ? story.ends : [story.ends, 'failed'].flat()).toContain(job.state)
  }
  await world.checkMoney()
  // What was put aside for a job that did not get it is nobody's: the library forgets it in a day.
  if (!struck) expect(world.outside.staged.size).toBe(0)
  return struck
}

async function atEveryStep(story: Story): Promise<number> {
  let deaths = 0
  for (const when of ['before', 'after'] as const) {
    let step = 0
    while (await play(story, { step, when })) step++
    deaths += step
  }
  return deaths
}

/** From the queue, as the dashboard asks. What was promised is kept: whoever was given a job gets what it says. */
function queued(world: World, organizationId: string): void {
  void world
    .inWorker((engine) => engine.create(world.newJob(organizationId)))
    .then((created) => void (created !== 'lost' && 'job' in created && world.promised.add(created.job.id)))
    .catch(() => {})
}

test('a picture that comes at once is kept and charged once, wherever a Worker is lost', async () => {
  const deaths = await atEveryStep({
    provider: () => ({ picture: 'picture' }),
    tell: queued,
    ends: 'succeeded',
  })
  expect(deaths).toBeGreaterThan(30)
})

test('a picture that a provider works on is kept and charged once, wherever a Worker is lost', async () => {
  const deaths = await atEveryStep({
    provider: () => operation,
    tell: queued,
    ends: 'succeeded',
  })
  expect(deaths).toBeGreaterThan(45)
})

test('a job that is driven in its caller’s own request ends as well where that request is lost', async () => {
  await atEveryStep({
    provider: (_job, attempt) => (attempt === 1 ? { error: overloaded() } : { picture: 'picture' }),
    tell(world, organizationId) {
      void world
        .inWorker(async (engine) => {
          const created = await engine.create(world.newJob(organizationId, { driven: true }))
          if (!('job' in created)) return
          world.promised.add(created.job.id)
          const driven = await engine.drive({ organizationId, jobId: created.job.id })
          expect(driven.state).toBe('succeeded')
          expect(world.outside.published.size).toBe(1)
        })
        .catch(() => {})
    },
    ends: 'succeeded',
  })
})

test('a provider that never can takes nothing and leaves nothing, wherever a Worker is lost', async () => {
  await atEveryStep({
    provider: () => ({ error: overloaded() }),
    tell: queued,
    ends: 'failed',
  })
})

test('a prompt that is refused is not asked for again, wherever a Worker is lost', async () => {
  await atEveryStep({
    provider: () => ({ error: new Problem('content_rejected', 'No.') }),
    tell: queued,
    ends: 'failed',
  })
})

test('a provider that says nothing is given up at the deadline, wherever a Worker is lost', async () => {
  await atEveryStep({
    provider: (_job, attempt) =>
      attempt === 1 ? { operation: 'op_s', look: () => ({ operation: 'op_s', afterMs: 240_000 }) } : { silence: true },
    tell: queued,
    ends: 'expired',
  })
})

test.each([
  ['before it has begun', 5],
  ['while it is being asked for', 60],
  ['while it is waited for', 3_000],
  ['when it is nearly done', 15_100],
])('cancelled %s: once that is answered its money is free, wherever a Worker is lost', async (_when, afterMs) => {
  await atEveryStep({
    provider: () => operation,
    tell(world, organizationId) {
      queued(world, organizationId)
      world.at(world.clock() + afterMs, () => {
        void (async () => {
          const { data } = await world.repository.list({ organizationId, limit: 1 })
          if (!data[0]) return
          const outcome = await world
            .inWorker((engine) => engine.cancel({ organizationId, jobId: data[0]!.id }))
            .catch(() => 'lost' as const)
          if (outcome !== 'lost' && outcome.state === 'cancelled')
            expect(world.ledgers.get(organizationId)!.liveHolds()).toEqual([])
        })()
      })
    },
    ends: ['cancelled', 'succeeded'],
  })
})
