// `npm run soak`: the production bundles on plain workerd under steady streams and whole answers, for ten minutes, and
// how much memory the runtime keeps. An engine collects its garbage when it pleases, so what is resident rises and
// falls by itself: every half minute all isolates are made to collect theirs, and what is alive then is judged. It is
// flat where the line through the second half rises by less than a megabyte a minute. Ends with 1 where it rises or
// anything failed. `-- --minutes 3 --streams 20 --rate 10 --threshold 1` change the run. Linux alone, because of where
// the memory of a process is read.
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { processCost } from '../../bench/workerd.mjs'
import { freePort } from '../support/start-platform.ts'
import { collectGarbage } from './live-heap.ts'
import { startLoad, type Tally, type Target } from './load.ts'
import { secondHalf, slopePerMinute, type Sample } from './slope.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    streams: { type: 'string', default: '50' },
    rate: { type: 'string', default: '50' },
    threshold: { type: 'string', default: '1' },
  },
})
const seconds = Number(values.minutes) * 60
const rate = { streams: Number(values.streams), tokens: 100, paceMs: 33, answersPerSecond: Number(values.rate) }
const threshold = Number(values.threshold)

const SAMPLE_SECONDS = 5
const COLLECT_SECONDS = 30
const MEGABYTE = 1_000_000
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

interface Served extends Target {
  pid: number
}

/** As the benchmark serves it: a group of processes that ends as one. */
function serve(inspector: number): Promise<{ served: Served; stop(): void }> {
  const child = spawn(process.execPath, ['bench/bench.mjs', '--serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, BENCH_INSPECTOR: String(inspector) },
  })
  const stop = (): void => {
    try {
      process.kill(-child.pid!, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
  process.on('exit', stop)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
  return new Promise((done, fail) => {
    let output = ''
    child.on('exit', (code) => fail(new Error(`the benchmark’s server ended with ${code}`)))
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
      const line = output.split('\n').find((each) => each.startsWith('{') && each.endsWith('}'))
      if (line) done({ served: JSON.parse(line) as Served, stop })
    })
  })
}

const cell = (value: string | number): string => String(value).padStart(11)
const columns = ['seconds', 'memory MB', 'alive MB', 'CPU s', 'streams', 'answers', 'tokens', 'failed']

interface Measured {
  resident: Sample[]
  alive: Sample[]
}

async function measure({ pid, inspector, tally }: { pid: number; inspector: number; tally: Tally }): Promise<Measured> {
  const measured: Measured = { resident: [], alive: [] }
  const started = performance.now()
  for (let at = 0; at <= seconds; at += SAMPLE_SECONDS) {
    await pause(Math.max(0, at * 1_000 - (performance.now() - started)))
    const alive = at > 0 && at % COLLECT_SECONDS === 0 ? (await collectGarbage(inspector)) / MEGABYTE : null
    const cost = processCost(pid)
    if (!cost) throw new Error('the runtime has ended')
    const now = (performance.now() - started) / 1_000
    const resident = cost.memoryBytes / MEGABYTE
    measured.resident.push({ seconds: now, value: resident })
    if (alive !== null) measured.alive.push({ seconds: now, value: alive })
    const numbers = [now.toFixed(0), resident.toFixed(1), alive?.toFixed(1) ?? '', cost.cpuSeconds.toFixed(1)]
    say([...numbers, tally.streams, tally.answers, tally.tokens, tally.failed].map(cell).join(''))
  }
  return measured
}

const signed = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`

async function main(): Promise<number> {
  say('Bundling the Workers as they are deployed…')
  const inspector = await freePort()
  const { served, stop } = await serve(inspector)
  if (!processCost(served.pid)) throw new Error('the memory of a process can only be read on Linux')
  say(`${values.minutes} minutes of ${rate.streams} streams and ${rate.answersPerSecond} whole answers a second.\n`)
  say(columns.map(cell).join(''))
  const load = startLoad(served, rate)
  const { resident, alive } = await measure({ pid: served.pid, inspector, tally: load.tally })
  await load.stop()
  stop()
  const { streams, answers, failed, firstFailure } = load.tally
  const slope = slopePerMinute(secondHalf(alive))
  const flat = slope < threshold
  say(
    `\nAlive in the second half: ${signed(slope)} MB a minute, which is ${flat ? 'flat' : 'not flat'} (the limit is ${threshold}).` +
      ` Resident: ${signed(slopePerMinute(secondHalf(resident)))} MB a minute, ${Math.max(...resident.map(({ value }) => value)).toFixed(0)} MB at most.` +
      ` ${streams} streams and ${answers} whole answers, ${failed} failed.`,
  )
  if (firstFailure) say(`The first failure: ${firstFailure}`)
  return flat && failed === 0 ? 0 : 1
}

process.exit(await main())
