// A world for jobs: a database that has run the real migrations, ledgers, a queue, alarms, a provider and a library, and
// Workers that can be lost between any two steps of theirs.
import { expect } from 'vitest'
import { jobTable } from '#db/job-table'
import type { FeedRpc } from '../contracts/feed.ts'
import { hasEnded, jobMoves, type JobState } from '../contracts/jobs.ts'
import { silentLogger } from '../http/log.ts'
import { createIds } from '../lib/ids.ts'
import { createInMemoryLedger } from '../metering/in-memory-ledger.ts'
import type { InMemoryLedger } from '../metering/in-memory-ledger-types.ts'
import type { Timers } from '../metering/timers.ts'
import { createJobEngine } from './engine.ts'
import { createJobRepository, type JobRepository } from './repository.ts'
import { createOutside, createTestHandler, PRICE, type Input, type Provider } from './testing-handler.ts'
import { createPost } from './testing-post.ts'
import { createTimeline } from './timeline.ts'
import type { JobLedger, NewJob, StoredJob } from './types.ts'

export const LIFETIME_MS = 15 * 60_000
const BALANCE = 1_000_000_000
const MINUTE_MS = 60_000

export interface Worker {
  dead: boolean
  /** What the platform does once it is lost. */
  onDeath: (() => void)[]
}

export interface Weather {
  /** Milliseconds that a way to the outside takes. */
  latency(step: string, when: 'before' | 'after'): number
  /** Where it is lost: this Worker, the question, the answer, or nothing. */
  strike(worker: Worker, step: string, when: 'before' | 'after'): 'death' | 'lost' | null
  /** What becomes of a message. */
  copies(): number
}

export const fairWeather: Weather = { latency: () => 1, strike: () => null, copies: () => 1 }

export interface WorldOptions {
  database: D1Database
  organizations: string[]
  provider: Provider
  /** What members' pages are told; absent: they do not listen. */
  feed?: FeedRpc['publish']
  weather?: Partial<Weather>
  random?: () => number
  maxAttempts?: number
}

const never = <T>() => new Promise<T>(() => {})

export type World = ReturnType<typeof createWorld>

export function createWorld(options: WorldOptions) {
  const { database, organizations, provider, random = () => 0.5, maxAttempts = 4 } = options
  const weather = { ...fairWeather, ...options.weather }
  const timeline = createTimeline()
  const { clock, at } = timeline
  const createId = createIds(clock)
  const repository = createJobRepository<Input>({ database, table: jobTable('image_jobs') })
  const ledgers = new Map<string, InMemoryLedger>(
    organizations.map((organizationId) => [
      organizationId,
      createInMemoryLedger({ clock, organizationId, balanceMicros: BALANCE }),
    ]),
  )
  const states = new Map<string, JobState>()
  const endings = new Map<string, number>()
  const outside = createOutside()
  const wrongMoves: string[] = []
  const alive = new Set<Worker>()
  /** Jobs that somebody was given. */
  const promised = new Set<string>()
  let sweeping = false

  function kill(worker: Worker): void {
    worker.dead = true
    alive.delete(worker)
    for (const tell of worker.onDeath) tell()
  }

  /** Nothing of a Worker that was lost goes on. */
  const timersOf = (worker: Worker): Timers => ({
    after: (milliseconds, callback) => at(clock() + milliseconds, () => void (worker.dead || callback())),
    wait: (milliseconds) => new Promise((done) => void at(clock() + milliseconds, () => void (worker.dead || done()))),
  })

  async function way(worker: Worker, step: string, when: 'before' | 'after'): Promise<void> {
    const milliseconds = weather.latency(step, when)
    if (milliseconds > 0) await timersOf(worker).wait(milliseconds)
    const struck = worker.dead ? 'death' : weather.strike(worker, step, when)
    if (struck === 'death') {
      if (!worker.dead) kill(worker)
      return never()
    }
    if (struck === 'lost') throw new Error(`the ${when === 'before' ? 'question' : 'answer'} was lost: ${step}`)
  }

  async function step<T>(worker: Worker, name: string, act: () => Promise<T> | T): Promise<T> {
    await way(worker, name, 'before')
    const answer = await act()
    await way(worker, name, 'after')
    return answer
  }

  const beyond = <T extends object, K extends keyof T & string>(worker: Worker, what: string, of: T, names: K[]) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        (...input: unknown[]) =>
          step(worker, `${what}.${name}`, () => (of[name] as (...input: unknown[]) => unknown)(...input)),
      ]),
    ) as unknown as T

  /** Sees to it that no job leaves its states in a way that is none. */
  const watched: JobRepository<Input> = {
    ...repository,
    async insert(job) {
      await repository.insert(job)
      states.set(job.id, job.state)
      beginSweeping()
    },
    async move(leaving, change) {
      const moved = await repository.move(leaving, change)
      const before = states.get(leaving.job.id)
      if (moved && before && before !== moved.state) {
        if (!jobMoves[before].includes(moved.state)) wrongMoves.push(`${before} → ${moved.state}`)
        states.set(moved.id, moved.state)
        if (hasEnded(moved.state)) endings.set(moved.id, (endings.get(moved.id) ?? 0) + 1)
      }
      return moved
    },
    async remove(job) {
      await repository.remove(job)
      states.delete(job.id)
    },
  }

  function engineOf(worker: Worker) {
    const timers = timersOf(worker)
    return createJobEngine<Input, string>({
      handler: createTestHandler({
        outside,
        provider,
        maxAttempts,
        timers,
        step: (name, act) => step(worker, name, act),
      }),
      repository: beyond(worker, 'database', watched, Object.keys(watched) as (keyof typeof watched)[]),
      ledger: (organizationId) =>
        beyond<JobLedger, keyof JobLedger>(worker, 'ledger', ledgers.get(organizationId)!, [
          'admit',
          'renew',
          'settle',
          'release',
        ]),
      alarm: ({ jobId }) => ({
        set: ({ at: time, message }) => step(worker, 'alarm.set', () => post.setAlarm(jobId, time, message)),
        clear: () => step(worker, 'alarm.clear', () => post.clearAlarm(jobId)),
      }),
      queue: { send: (message) => step(worker, 'queue.send', () => post.put(message)) },
      feed: () => ({ publish: async (events) => options.feed?.(events) }),
      clock,
      timers,
      createId,
      logger: silentLogger,
      random,
    })
  }

  /** A Worker of its own, in which somebody asks the engine for something. */
  function inWorker<T>(ask: (engine: ReturnType<typeof engineOf>) => Promise<T>): Promise<T | 'lost'> {
    const worker: Worker = { dead: false, onDeath: [] }
    alive.add(worker)
    const lost = new Promise<'lost'>((tell) => worker.onDeath.push(() => tell('lost')))
    return Promise.race([ask(engineOf(worker)), lost]).finally(() => alive.delete(worker))
  }

  const post = createPost({
    timeline,
    copies: weather.copies,
    work: (message) => inWorker((engine) => engine.work(message)),
  })

  /** Each minute, while there is a job that has not ended. */
  function beginSweeping(): void {
    if (sweeping) return
    sweeping = true
    at(clock() + MINUTE_MS, () => {
      sweeping = false
      if ([...states.values()].every(hasEnded)) return
      beginSweeping()
      void inWorker((engine) => engine.sweep()).catch(() => {})
    })
  }

  const newJob = (organizationId: string, change: Partial<NewJob<Input>> = {}): NewJob<Input> => ({
    organizationId,
    kind: 'generate',
    input: { prompt: 'a lighthouse' },
    lifetimeMs: LIFETIME_MS,
    admission: {
      requestId: createId('request'),
      payer: { kind: 'user', userId: 'usr_a', role: 'member' },
      scope: 'images',
      service: 'images',
      model: 'riwaq/sandbox-image',
      provider: 'riwaq',
      ceilingMicros: PRICE,
      floorMicros: PRICE,
    },
    ...change,
  })

  /** Whatever has happened: ended once, kept once or not at all, charged once or not at all. */
  async function checkJob(job: StoredJob<Input>): Promise<void> {
    const ledger = ledgers.get(job.organizationId)!
    const { data: entries } = await ledger.entries({ limit: 10, requestId: job.requestId })
    const itemId = `itm_${job.id}`
    const ok = job.state === 'succeeded'
    expect({ state: hasEnded(job.state), phase: job.phase, endings: endings.get(job.id) }).toEqual({
      state: true,
      phase: 'done',
      endings: 1,
    })
    expect(entries.map((entry) => entry.amountMicros)).toEqual(ok ? [0 - PRICE] : [])
    expect(job.costMicros).toBe(ok ? PRICE : 0)
    expect(outside.published.has(itemId)).toBe(ok)
    expect(post.alarms.has(job.id)).toBe(false)
  }

  /** No hold is left, and every balance is the sum of its entries. */
  async function checkMoney(): Promise<void> {
    expect(wrongMoves).toEqual([])
    for (const ledger of ledgers.values()) {
      expect(ledger.liveHolds()).toEqual([])
      const { balanceMicros, heldMicros } = await ledger.balance()
      const total = ledger.published().reduce((sum, entry) => sum + entry.amountMicros, 0)
      expect({ balanceMicros, heldMicros }).toEqual({ balanceMicros: total, heldMicros: 0 })
    }
  }

  async function run(limitMs = 6 * 3_600_000): Promise<void> {
    await timeline.run(limitMs)
    // What a Worker held that was lost while a job was born is free after a minute.
    at(clock() + 2 * MINUTE_MS, () => {})
    await timeline.run(limitMs)
  }

  const places = {
    clock,
    at,
    pass: timeline.pass,
    repository,
    outside,
    ledgers,
    alarms: post.alarms,
    alive,
    promised,
    createId,
  }
  return { ...places, kill, inWorker, newJob, checkJob, checkMoney, run }
}
