// `npm run soak`: the production bundles on plain workerd under steady streams and whole answers, for ten minutes, and
// how much memory the runtime keeps. Memory is flat where the line through the second half of the samples rises by
// less than a megabyte a minute. Ends with 1 where it rises or anything failed.
// `-- --minutes 3 --streams 20 --rate 10 --threshold 1` change the run. Linux alone, because of where memory is read.
import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { processCost } from '../../bench/workerd.mjs'
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
const MEGABYTE = 1_000_000
const say = (text: string): void => void process.stdout.write(`${text}\n`)
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

interface Served extends Target {
  pid: number
}

/** As the benchmark serves it: a group of processes that ends as one. */
function serve(): Promise<{ served: Served; stop(): void }> {
  const child = spawn(process.execPath, ['bench/bench.mjs', '--serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
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

function row({ seconds: at, value }: Sample, cpuSeconds: number, tally: Tally): void {
  say(
    [at.toFixed(0), value.toFixed(1), cpuSeconds.toFixed(1), tally.streams, tally.answers, tally.tokens, tally.failed]
      .map(cell)
      .join(''),
  )
}

async function main(): Promise<number> {
  say('Bundling the Workers as they are deployed…')
  const { served, stop } = await serve()
  if (!processCost(served.pid)) throw new Error('the memory of a process can only be read on Linux')
  say(`${values.minutes} minutes of ${rate.streams} streams and ${rate.answersPerSecond} whole answers a second.\n`)
  say(['seconds', 'memory MB', 'CPU s', 'streams', 'answers', 'tokens', 'failed'].map(cell).join(''))
  const load = startLoad(served, rate)
  const started = performance.now()
  const samples: Sample[] = []
  for (let at = 0; at <= seconds; at += SAMPLE_SECONDS) {
    await pause(Math.max(0, at * 1_000 - (performance.now() - started)))
    const cost = processCost(served.pid)
    if (!cost) throw new Error('the runtime has ended')
    const sample = { seconds: (performance.now() - started) / 1_000, value: cost.memoryBytes / MEGABYTE }
    samples.push(sample)
    row(sample, cost.cpuSeconds, load.tally)
  }
  await load.stop()
  stop()
  const { tally } = load
  const slope = slopePerMinute(secondHalf(samples))
  const flat = slope < threshold
  say(
    `\nMemory in the second half: ${slope >= 0 ? '+' : ''}${slope.toFixed(2)} MB a minute, which is ${flat ? 'flat' : 'not flat'} (the limit is ${threshold}).` +
      ` ${tally.streams} streams and ${tally.answers} whole answers, ${tally.failed} failed.`,
  )
  if (tally.firstFailure) say(`The first failure: ${tally.firstFailure}`)
  return flat && tally.failed === 0 ? 0 : 1
}

process.exit(await main())
