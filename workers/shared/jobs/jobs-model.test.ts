// Whatever is done to a few jobs, in whatever order: what can be seen of them at any moment is true, and in the end all is
// as it was promised.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#db/testing'
import { hasEnded } from '../contracts/jobs.ts'
import { Problem } from '../http/problems.ts'
import { createWorld, type World } from './testing.ts'
import { PRICE, type Answer, type Input } from './testing-handler.ts'
import type { StoredJob } from './types.ts'

const database = createTestDatabase()
let played = 0

const answers: Answer[] = [
  { picture: 'at once' },
  { picture: 'slowly', afterMs: 45_000 },
  { error: new Problem('provider_overloaded', 'Too many.') },
  { error: new Problem('content_rejected', 'No.') },
  { silence: true },
  {
    operation: 'op_1',
    look: (times) => (times % 3 === 0 ? { done: 'picture' } : { operation: 'op_1', afterMs: 20_000 }),
  },
  { operation: 'op_2', look: () => new Problem('provider_error', 'Broken.') },
]

type Deed =
  | { do: 'create' | 'drive' }
  | { do: 'cancel' | 'wake' | 'message' | 'retry'; which: number }
  | { do: 'pass'; ms: number }
  | { do: 'sweep' | 'restart' | 'lose-alarms' }

const which = fc.nat({ max: 5 })
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  fc.constantFrom<Deed>({ do: 'create' }, { do: 'drive' }, { do: 'sweep' }, { do: 'restart' }, { do: 'lose-alarms' }),
  fc.record({ do: fc.constantFrom('cancel' as const, 'wake' as const, 'message' as const, 'retry' as const), which }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(10, 2_000, 30_000, 95_000, 900_000) }),
)

async function perform(deed: Deed, jobs: StoredJob<Input>[], world: World, organizationId: string): Promise<void> {
  const job = 'which' in deed ? jobs[deed.which % Math.max(1, jobs.length)] : undefined
  const one = { organizationId, jobId: job?.id ?? 'job_unknown' }
  const begin = (driven: boolean) =>
    world.inWorker(async (engine) => {
      const created = await engine.create(world.newJob(organizationId, { driven }))
      if (driven && 'job' in created) await engine.drive({ organizationId, jobId: created.job.id })
    })
  const doing: Record<Deed['do'], () => unknown> = {
    create: () => begin(false),
    drive: () => begin(true),
    cancel: () => world.inWorker((engine) => engine.cancel(one)),
    wake: () => world.inWorker((engine) => engine.wake(one)),
    message: () => world.inWorker((engine) => engine.work(one)),
    retry: () => job && world.inWorker((engine) => engine.retry(job, world.newJob(organizationId))),
    sweep: () => world.inWorker((engine) => engine.sweep()),
    restart: () => world.alive.forEach(world.kill),
    'lose-alarms': () => world.alarms.forEach((forget) => forget()),
    pass: () => world.pass('ms' in deed ? deed.ms : 0),
  }
  const done = Promise.resolve(doing[deed.do]()).catch(() => {})
  if (deed.do === 'pass') await done
  await world.pass(1)
}

/** What has ended has no hold and never changes; what has not is not charged before its product is kept. */
async function look(before: StoredJob<Input>[], world: World, organizationId: string): Promise<StoredJob<Input>[]> {
  const { data: jobs } = await world.repository.list({ organizationId, limit: 50 })
  const ledger = world.ledgers.get(organizationId)!
  const held = new Set(ledger.liveHolds())
  for (const job of jobs) {
    if (hasEnded(job.state)) expect(held.has(job.requestId)).toBe(false)
    if (job.phase === 'ask' || job.phase === 'wait') expect(held.has(job.requestId)).toBe(true)
    const { data: entries } = await ledger.entries({ limit: 5, requestId: job.requestId })
    const may = job.phase === 'charge' || job.phase === 'publish' || job.state === 'succeeded' ? [0, PRICE] : [0]
    expect(may).toContain(0 - entries.reduce((sum, entry) => sum + entry.amountMicros, 0))
    const known = before.find(({ id }) => id === job.id)
    if (known && hasEnded(known.state)) expect({ ...job, dead: false }).toEqual({ ...known, dead: false })
  }
  return jobs
}

test('whatever is done in whatever order, what is seen of a job is true, and it ends as was promised', async () => {
  const story = fc.record({
    deeds: fc.array(deeds, { minLength: 1, maxLength: 14 }),
    moods: fc.array(fc.nat({ max: answers.length - 1 }), { minLength: 1, maxLength: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(story, async ({ deeds: all, moods }) => {
      const organizationId = `org_model${++played}`
      const provider = (_job: StoredJob<Input>, attempt: number) => answers[moods[(attempt - 1) % moods.length]!]!
      const world = createWorld({ database, organizations: [organizationId], provider })
      let jobs: StoredJob<Input>[] = []
      for (const deed of all) {
        await perform(deed, jobs, world, organizationId)
        jobs = await look(jobs, world, organizationId)
      }
      await world.run()
      for (const job of await look(jobs, world, organizationId)) await world.checkJob(job)
      await world.checkMoney()
    }),
    { numRuns: 120, seed: 7 },
  )
}, 60_000)
