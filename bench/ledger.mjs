// What an admission and a settlement cost on plain workerd with a disk, one caller alone and many at once.
// Prints figures and asserts none: `node bench/ledger.mjs`.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { root } from '../scripts/lib/project.mjs'
import { processCost, startWorkerd } from './workerd.mjs'

const folder = mkdtempSync(join(tmpdir(), 'riwaq-bench-ledger-'))
const ROUNDS = 3
const REQUESTS = 4_000
const TRIPS = 2_000
const PUBLISHED_AFTER_MS = 3_000

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

const path = join(folder, 'driver.js')
await build({
  entryPoints: [join(root, 'bench/ledger-driver.ts')],
  outfile: path,
  bundle: true,
  format: 'esm',
  external: ['cloudflare:workers', 'node:*'],
  logLevel: 'error',
})
const sink = {
  name: 'sink',
  modules: [{ name: 'sink.js', path: join(root, 'bench/workers/sink.js') }],
  date: '2026-10-23',
}
const driver = {
  name: 'driver',
  modules: [{ name: 'driver.js', path }],
  date: '2026-10-23',
  objects: ['Ledger'],
  bindings: { LEDGER: { object: 'Ledger' }, LEDGER_ENTRIES: { queue: 'sink' } },
}
const target = await startWorkerd({
  name: 'ledger',
  folder,
  workers: [driver, sink],
  sockets: [{ service: 'driver', port: await freePort() }],
})
try {
  for (const callers of [1, 32]) {
    const rounds = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push(
        await (await fetch(`${target.url}/?callers=${callers}&requests=${REQUESTS}&name=${callers}-${round}`)).json(),
      )
    const figures = Object.keys(rounds[0]).map((name) => `${name} ${median(rounds.map((each) => each[name]))} µs`)
    console.log(`${String(callers).padStart(2)} at once: ${figures.join(', ')} each`)
  }
  // Until everything is published as well: what is put off must be paid all the same.
  for (const trip of [1, 4, 16]) {
    const requests = TRIPS * trip
    const costs = []
    for (let round = 0; round < ROUNDS; round++) {
      const before = processCost(target.pid)
      await fetch(`${target.url}/?callers=1&trip=${trip}&requests=${requests}&name=trip-${trip}-${round}`)
      const answered = processCost(target.pid)
      await new Promise((done) => setTimeout(done, PUBLISHED_AFTER_MS))
      const published = processCost(target.pid)
      if (before && answered && published)
        costs.push([answered, published].map(({ cpuSeconds }) => ((cpuSeconds - before.cpuSeconds) * 1e6) / requests))
    }
    const [answered, published] = [0, 1].map((at) => Math.round(median(costs.map((each) => each[at]))))
    console.log(
      `${String(trip).padStart(2)} in one trip: ${answered} µs of CPU for each, ${published} µs once published`,
    )
  }
} finally {
  target.stop()
  rmSync(folder, { recursive: true, force: true })
}
