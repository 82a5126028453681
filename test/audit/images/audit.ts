// `npm run audit:images`: a thousand jobs through the platform as a person starts it, a provider that fails every other time,
// cancellations, doubled requests, and the platform killed three times. Then every job is looked at: it ended once, its pictures
// are in the library once or not at all, and it was charged once or not at all. `-- --jobs 200 --kills 1 --seed 7`
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Job } from '../../../workers/shared/contracts/jobs.ts'
import type { LibraryItem, Storage } from '../../../workers/shared/contracts/library.ts'
import { createKey, personWith, signUp, type Person } from '../../support/person.ts'
import { freePort, startPlatform, type Platform } from '../../support/start-platform.ts'
import { balanceOf, entriesOf } from '../books.ts'
import { printTable, say } from '../print.ts'
import { planJobs, type AskedJob } from './plan.ts'
import { startPictureProvider } from './provider.ts'

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '24' },
    kills: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
  },
})
const jobs = Number(values.jobs)
const concurrency = Number(values.concurrency)
const kills = Number(values.kills)
const seed = Number(values.seed)

const MODEL = 'compatible/painter'
/** 2 cents a picture. */
const PRICE_MICROS = 20_000
const SETTLED_WITHIN_MS = 20 * 60_000
const POLL_MS = 3_000

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

interface Site {
  platform: Platform
  open: Promise<void>
}

const ended = ({ state }: Job): boolean => state !== 'queued' && state !== 'running'

/** Lost answers are what this is about: who hears nothing asks again with the same key. */
async function ask(asked: AskedJob, { url, key }: { url: string; key: string }): Promise<Response | null> {
  const prompt = `picture ${asked.index} of a long series`
  const body =
    asked.by === 'api'
      ? { model: MODEL, prompt, n: asked.count, size: '256x256' }
      : { operation: 'generate', model: MODEL, prompt, count: asked.count, size: '256x256' }
  return fetch(`${url}${asked.by === 'api' ? '/v1/images/generations' : '/api/images/jobs'}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `audit-${asked.index}`,
    },
    body: JSON.stringify(body),
  }).catch(() => null)
}

async function drive({ site, key, start }: { site: Site; key: string; start: () => Promise<Platform> }) {
  const plan = planJobs({ seed, jobs })
  const killAt = Array.from({ length: kills }, (_, at) => Math.floor((jobs * (at + 1)) / (kills + 1)))
  const answers = new Map<string, number>()
  let next = 0
  let done = 0

  async function killAndRestart(): Promise<void> {
    const opened = Promise.withResolvers<void>()
    site.open = opened.promise
    await site.platform.crash()
    say(`  killed after ${done} answers`)
    site.platform = await start()
    opened.resolve()
  }

  async function askUntilHeard(asked: AskedJob): Promise<Response> {
    for (;;) {
      await site.open
      const response = await ask(asked, { url: site.platform.url, key })
      // Nobody answered, or the first of two is still at it.
      if (response && response.status !== 409 && response.status !== 503) return response
      await response?.body?.cancel()
      await pause(500)
    }
  }

  async function cancel(response: Response): Promise<void> {
    const { id } = (await response.clone().json()) as { id?: string }
    if (!id) return
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    await fetch(`${site.platform.url}/api/images/jobs/${id}/cancel`, { method: 'POST', headers, body: '{}' }).catch(
      () => null,
    )
  }

  async function work(): Promise<void> {
    for (let at = next++; at < plan.length; at = next++) {
      const asked = plan[at]!
      if (killAt.includes(at)) await killAndRestart()
      const [response] = await Promise.all([askUntilHeard(asked), asked.doubled ? askUntilHeard(asked) : null])
      if (asked.cancels && asked.by === 'dashboard' && response.ok) await cancel(response)
      const how = `${asked.by} ${response.status}`
      answers.set(how, (answers.get(how) ?? 0) + 1)
      await response.body?.cancel()
      if (++done % 100 === 0) say(`  ${done} of ${jobs}`)
    }
  }

  await Promise.all(Array.from({ length: concurrency }, () => work()))
  return answers
}

async function readAll<T>(person: Person, path: string): Promise<T[]> {
  const all: T[] = []
  let cursor: string | null = null
  do {
    const page: { data: T[]; next_cursor: string | null } = await person.json(
      `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    )
    all.push(...page.data)
    cursor = page.next_cursor
  } while (cursor)
  return all
}

async function untilEnded(person: Person): Promise<Job[]> {
  const deadline = Date.now() + SETTLED_WITHIN_MS
  for (;;) {
    const all = await readAll<Job>(person, '/api/images/jobs')
    const running = all.filter((job) => !ended(job)).length
    if (running === 0 || Date.now() > deadline) return all
    say(`  ${running} still run`)
    await pause(POLL_MS)
  }
}

/** What is not as it must be, one sentence each. */
async function examine(person: Person, all: Job[]): Promise<string[]> {
  const found: string[] = []
  const entries = await entriesOf(person)
  const items = await readAll<LibraryItem>(person, '/api/library/items')
  const charges = Map.groupBy(
    entries.filter(({ kind }) => kind === 'charge'),
    ({ request_id }) => request_id ?? '',
  )
  const kept = Map.groupBy(items, ({ job_id }) => job_id ?? '')
  const requests = new Set(all.map(({ request_id }) => request_id))
  if (requests.size !== all.length) found.push('two jobs share a request')
  for (const job of all) {
    const paid = charges.get(job.request_id) ?? []
    const stored = kept.get(job.id) ?? []
    const wanted = job.state === 'succeeded' ? Number(job.input['count'] ?? job.item_ids.length) : 0
    const micros = 0 - paid.reduce((sum, { amount_micros }) => sum + amount_micros, 0)
    if (!ended(job)) found.push(`${job.id} has not ended`)
    if (paid.length > 1) found.push(`${job.id} was charged ${paid.length} times`)
    if (stored.length !== wanted) found.push(`${job.id} ${job.state} has ${stored.length} pictures, not ${wanted}`)
    if (micros !== wanted * PRICE_MICROS || micros !== job.cost_micros)
      found.push(`${job.id} ${job.state} was charged ${micros} for ${wanted} and says ${job.cost_micros}`)
    if (
      job.state === 'succeeded' &&
      stored
        .map(({ id }) => id)
        .toSorted()
        .join() !== job.item_ids.toSorted().join()
    )
      found.push(`${job.id} names other pictures than it has`)
    const shares = stored.reduce((sum, { provenance }) => sum + (provenance?.cost_micros ?? 0), 0)
    if (shares !== micros) found.push(`${job.id}: its pictures say that they cost ${shares}, not ${micros}`)
  }
  for (const [request] of charges) if (!requests.has(request)) found.push(`${request} was charged and is no job`)
  // A key whose job failed is free again, so one that was asked for twice may have two jobs, but never two successes.
  const wishes = Map.groupBy(all, ({ input }) => String(input['prompt']))
  if (wishes.size !== jobs) found.push(`${wishes.size} of ${jobs} wishes have a job`)
  for (const [wish, each] of wishes)
    if (each.filter(({ state }) => state === 'succeeded').length > 1) found.push(`“${wish}” was made twice`)
  const balance = await balanceOf(person)
  const sum = entries.reduce((total, { amount_micros }) => total + amount_micros, 0)
  if (sum !== balance.balance_micros) found.push(`entries are ${sum}, the balance is ${balance.balance_micros}`)
  if (balance.held_micros !== 0) found.push(`${balance.held_micros} are still held`)
  const storage = await person.json<Storage>('/api/library/storage')
  const bytes = items.reduce((total, { stored_bytes }) => total + stored_bytes, 0)
  if (storage.item_count !== items.length || storage.used_bytes !== bytes)
    found.push(`storage says ${storage.item_count}/${storage.used_bytes}, the items are ${items.length}/${bytes}`)
  return found
}

async function main(): Promise<number> {
  const port = await freePort()
  const provider = await startPictureProvider({ port, seed })
  const dataDir = mkdtempSync(join(tmpdir(), 'riwaq-images-audit-'))
  const settings = {
    COMPATIBLE_BASE_URL: `http://127.0.0.1:${port}/v1`,
    COMPATIBLE_API_KEY: 'audit',
    COMPATIBLE_MODELS: JSON.stringify([
      { id: 'painter', kind: 'image', image: 0.02, sizes: ['256x256'], max_images: 4 },
    ]),
    SIGNUP_CREDIT_MICROS: '10000000000',
  }
  const start = () => startPlatform({ settings, dataDir, keepData: true })
  say(`Starting the platform; ${jobs} jobs, ${concurrency} at once, ${kills} kills, seed ${seed}…`)
  const site: Site = { platform: await start(), open: Promise.resolve() }
  try {
    const signedUp = await signUp(site.platform.url)
    const { key } = await createKey(signedUp)
    const answers = await drive({ site, key, start })
    const person = personWith({ ...signedUp, url: site.platform.url })
    say('Waiting until every job has ended…')
    const all = await untilEnded(person)
    const found = await examine(person, all)
    const states = Map.groupBy(all, ({ state, error }) => `${state}${error ? ` (${error.code})` : ''}`)
    printTable('How requests were answered', ['', 'times'], [...answers])
    printTable(
      'How jobs ended',
      ['', 'jobs'],
      [...states].map(([state, each]) => [state, each.length]),
    )
    const faults = Map.groupBy(provider.deliveries, ({ fault }) => fault ?? 'as asked')
    printTable(
      'What the provider did',
      ['', 'times'],
      [...faults].map(([fault, each]) => [fault, each.length]),
    )
    say(
      found.length === 0
        ? '\nEvery job ended once, is stored once or not at all, and was charged once or not at all.'
        : `\n${found.length} differences:\n${found
            .slice(0, 60)
            .map((each) => `  ${each}`)
            .join('\n')}`,
    )
    return found.length === 0 ? 0 : 1
  } finally {
    await site.platform.crash().catch(() => undefined)
    await provider.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

process.exit(await main())
