// `npm run bench`: the production bundles of the Workers on plain workerd against a local provider, beside that
// provider alone, a bare pass-through Worker and Portkey's gateway on the same runtime. Rounds are interleaved and
// ratios are taken within a round, because a shared machine makes absolute figures drift. Measures; asserts nothing.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig, bin, root, workers } from '../scripts/lib/project.mjs'
import { run } from '../scripts/lib/run.mjs'
import { bundlePortkey } from './portkey-on-workerd.mjs'
import { bundleModules, processCost, startWorkerd } from './workerd.mjs'

const quick = process.argv.includes('--quick')
const rounds = quick ? 1 : 3
const folder = mkdtempSync(join(tmpdir(), 'riwaq-bench-'))
const canPin = process.platform === 'linux' && availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0
const children = []
const principalKey = 'a principal key for the benchmark alone'
const organization = '01benchbenchbench'
const keyId = '01keykeykeykey'
const apiKey = `rq_${organization}_${keyId}_${'s'.repeat(43)}`

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => done(port))
    })
  })

function background(args, pinTo) {
  const [file, ...rest] = canPin
    ? ['taskset', '-c', String(pinTo), process.execPath, ...args]
    : [process.execPath, ...args]
  const child = spawn(file, rest, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  return new Promise((done) => child.stdout.once('data', () => done(child)))
}

async function load(target, job) {
  const before = target.pid ? processCost(target.pid) : null
  const text = JSON.stringify({
    url: `${target.url}/v1/chat/completions`,
    headers: target.headers ?? {},
    model: target.model ?? 'bench',
    ...job,
  })
  const args = ['bench/load.mjs', text]
  const output = canPin
    ? await run('taskset', ['-c', '0', process.execPath, ...args])
    : await run(process.execPath, args)
  const after = target.pid ? processCost(target.pid) : null
  const result = JSON.parse(output.trim().split('\n').at(-1))
  return {
    ...result,
    cpuSeconds: before && after ? after.cpuSeconds - before.cpuSeconds : null,
    memoryBytes: after?.memoryBytes ?? null,
  }
}

async function bundles() {
  const made = {}
  for (const worker of workers.filter(({ name }) => ['durable-objects', 'chat', 'gateway'].includes(name))) {
    const out = join(folder, 'bundles', worker.name)
    await run(bin('wrangler'), ['deploy', '--dry-run', '--outdir', out, '-c', worker.config])
    const config = readConfig(worker)
    made[worker.name] = {
      modules: bundleModules(out),
      date: config.compatibility_date,
      flags: config.compatibility_flags,
    }
  }
  return made
}

async function startRiwaq(made, mockUrl) {
  const port = await freePort()
  const gatewayPort = await freePort()
  const seedPort = await freePort()
  const objects = { LEDGER: 'Ledger', RATE_LIMITER: 'RateLimiter', CONVERSATION: 'Conversation' }
  const bound = Object.fromEntries(
    Object.entries(objects).map(([name, object]) => [name, { object, script: 'durable-objects' }]),
  )
  const props = { caller: 'gateway' }
  const riwaq = await startWorkerd({
    name: 'riwaq',
    folder,
    pinTo: canPin ? 1 : null,
    sockets: [
      // As on a domain of one's own, where a route of the zone leads straight to the service.
      { service: 'chat', port },
      { service: 'gateway', port: gatewayPort },
      { service: 'seed', port: seedPort },
    ],
    workers: [
      {
        name: 'gateway',
        ...made.gateway,
        bindings: {
          PRINCIPAL_KEY: principalKey,
          CHAT: { service: 'chat', props },
          LEDGER: bound.LEDGER,
          RATE_LIMITER: bound.RATE_LIMITER,
        },
      },
      {
        name: 'chat',
        ...made.chat,
        bindings: {
          PRINCIPAL_KEY: principalKey,
          LEDGER: bound.LEDGER,
          RATE_LIMITER: bound.RATE_LIMITER,
          CONVERSATION: bound.CONVERSATION,
          COMPATIBLE_BASE_URL: `${mockUrl}/v1`,
          COMPATIBLE_API_KEY: 'bench',
          COMPATIBLE_MODELS: JSON.stringify([
            { id: 'bench', input: 1, output: 2, cached_input: 0.5, context: 128_000, max_output: 4096 },
          ]),
        },
      },
      {
        name: 'durable-objects',
        ...made['durable-objects'],
        objects: Object.values(objects),
        bindings: {
          ...Object.fromEntries(Object.entries(objects).map(([name, object]) => [name, { object }])),
          LEDGER_ENTRIES: { queue: 'sink' },
          NOTICES: { queue: 'sink' },
        },
      },
      { name: 'sink', modules: [{ name: 'sink.js', path: join(root, 'bench/workers/sink.js') }], date: made.chat.date },
      {
        name: 'seed',
        modules: [{ name: 'seed.js', path: join(root, 'bench/workers/seed.js') }],
        date: made.chat.date,
        bindings: bound,
      },
    ],
  })
  const seed = (path, body) =>
    fetch(`http://127.0.0.1:${seedPort}${path}`, {
      method: 'POST',
      body: JSON.stringify({ organizationId: `org_${organization}`, ...body }),
    }).then((answer) => answer.json())
  await seed('/seed', {
    creditMicros: 1_000_000_000_000,
    key: {
      id: `key_${keyId}`,
      name: 'bench',
      userId: 'usr_bench',
      secretHash: createHash('sha256').update(apiKey).digest('hex'),
      hint: 'ssss',
      scopes: ['chat', 'models', 'usage'],
      models: null,
      budget: { limitMicros: 1_000_000_000_000, period: 'month' },
      rateLimitRpm: 10_000_000,
      expiresAt: null,
      createdAt: Date.now(),
      revokedAt: null,
    },
  })
  const target = { ...riwaq, seed, headers: { authorization: `Bearer ${apiKey}` }, model: 'compatible/bench' }
  return { ...target, throughGateway: { ...target, url: `http://127.0.0.1:${gatewayPort}` } }
}

async function startBare(made, mockUrl) {
  const port = await freePort()
  return startWorkerd({
    name: 'bare',
    folder,
    pinTo: canPin ? 1 : null,
    sockets: [{ service: 'bare', port }],
    workers: [
      {
        name: 'bare',
        modules: [{ name: 'bare.js', path: join(root, 'bench/workers/bare.js') }],
        date: made.chat.date,
        bindings: { UPSTREAM: mockUrl },
      },
    ],
  })
}

async function startPortkey(made, mockUrl) {
  const path = await bundlePortkey(folder)
  if (!path) return null
  const port = await freePort()
  const target = await startWorkerd({
    name: 'portkey',
    folder,
    pinTo: canPin ? 1 : null,
    sockets: [{ service: 'portkey', port }],
    workers: [{ name: 'portkey', modules: [{ name: 'worker.js', path }], date: made.chat.date }],
  })
  return { ...target, headers: portkeyHeaders(mockUrl) }
}

const portkeyHeaders = (mockUrl) => ({
  authorization: 'Bearer bench',
  'x-portkey-provider': 'openai',
  'x-portkey-custom-host': `${mockUrl}/v1`,
})

/** As its package starts it, on this Node, with the versions of its lock file. */
async function startPortkeyOnNode(mockUrl) {
  const port = await freePort()
  const server = join(root, 'bench/portkey/node_modules/@portkey-ai/gateway/build/start-server.js')
  const args = [server, '--headless', `--port=${port}`]
  const [file, ...rest] = canPin ? ['taskset', '-c', '1', process.execPath, ...args] : [process.execPath, ...args]
  const child = spawn(file, rest, {
    cwd: join(root, 'bench/portkey'),
    stdio: 'ignore',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  children.push(child)
  const url = `http://127.0.0.1:${port}`
  for (let tries = 0; tries < 100; tries++) {
    const up = await fetch(url).then(
      () => true,
      () => false,
    )
    if (up) return { url, pid: child.pid, headers: portkeyHeaders(mockUrl) }
    await new Promise((done) => setTimeout(done, 100))
  }
  console.log('Portkey’s gateway did not start on Node; its row is left out.')
  return null
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const fixed = (value, digits = 1) =>
  value === null || value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits)

function table(title, columns, rows) {
  console.log(`\n${title}`)
  const lines = [columns, ...rows]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => String(line[at]).length)))
  for (const line of lines)
    console.log(
      line
        .map((cell, at) => (at === 0 ? String(cell).padEnd(widths[at]) : String(cell).padStart(widths[at])))
        .join('  '),
    )
}

const failures = []
function note(name, what, result) {
  if (result.failed > 0)
    failures.push(`${name}, ${what}: ${result.failed} failed, first ${JSON.stringify(result.firstFailure)}`)
  return result
}

async function measureWhole(targets) {
  const seen = Object.fromEntries(Object.keys(targets).map((name) => [name, []]))
  const busy = { kind: 'whole', requests: quick ? 1000 : 4000, concurrency: 32 }
  const calm = { kind: 'whole', requests: quick ? 300 : 1000, concurrency: 1 }
  for (const [name, target] of Object.entries(targets))
    note(name, 'warm-up', await load(target, { ...busy, requests: 500 }))
  for (let round = 0; round < rounds; round++) {
    for (const [name, target] of Object.entries(targets)) {
      seen[name].push({
        busy: note(name, 'whole, 32 at once', await load(target, busy)),
        calm: note(name, 'whole, 1 at a time', await load(target, calm)),
      })
    }
  }
  const of = (name, pick) => median(seen[name].map(pick))
  const share = (name) => median(seen[name].map((round, at) => round.busy.rps / seen.bare[at].busy.rps))
  table(
    `Whole answers (1 kB prompt, 1.2 kB answer), median of ${rounds} interleaved rounds${canPin ? ', the gateway on one core' : ''}`,
    [
      '',
      'rps, 32 at once',
      'of bare',
      'p50 ms',
      'p99 ms',
      'p50 ms, 1 at a time',
      'p99 ms, 1 at a time',
      'CPU µs a request',
      'memory MB',
    ],
    Object.keys(targets).map((name) => [
      name,
      fixed(
        of(name, ({ busy }) => busy.rps),
        0,
      ),
      name === 'provider' ? '' : fixed(share(name), 2),
      fixed(
        of(name, ({ busy }) => busy.p50),
        1,
      ),
      fixed(
        of(name, ({ busy }) => busy.p99),
        1,
      ),
      fixed(
        of(name, ({ calm }) => calm.p50),
        2,
      ),
      fixed(
        of(name, ({ calm }) => calm.p99),
        2,
      ),
      name === 'provider'
        ? ''
        : fixed(
            of(name, (round) => (round.busy.cpuSeconds * 1e6) / busy.requests),
            0,
          ),
      name === 'provider' ? '' : fixed((seen[name].at(-1).busy.memoryBytes ?? 0) / 1e6, 0),
    ]),
  )
}

async function measureStreams(targets) {
  // All fifty run at once; they begin within one second, and once all within one token.
  const paced = { kind: 'streams', count: 50, tokens: quick ? 60 : 100, paceMs: 33, spreadMs: 1000 }
  const burst = { ...paced, tokens: 10, spreadMs: 33 }
  const flat = { kind: 'streams', count: 50, tokens: 200, paceMs: 0 }
  const seen = Object.fromEntries(Object.keys(targets).map((name) => [name, []]))
  for (const target of Object.values(targets)) await load(target, { ...flat, count: 10 })
  for (let round = 0; round < rounds; round++) {
    for (const [name, target] of Object.entries(targets)) {
      seen[name].push({
        paced: note(name, 'paced streams', await load(target, paced)),
        burst: note(name, 'a burst of streams', await load(target, burst)),
        flat: note(name, 'streams flat out', await load(target, flat)),
      })
    }
  }
  const of = (name, pick) => median(seen[name].map(pick))
  table(
    `Streams, 50 at once (begun within one second; “in a burst”: within 33 ms), median of ${rounds} interleaved rounds`,
    [
      '',
      'first token ms',
      'first token p99 ms',
      'more than bare ms',
      'in a burst, more than bare ms',
      'CPU µs a token, paced',
      'CPU µs a token, flat out',
      'tokens/s flat out',
      'memory MB',
    ],
    Object.keys(targets).map((name) => [
      name,
      fixed(
        of(name, ({ paced: result }) => result.firstMs),
        1,
      ),
      fixed(
        of(name, ({ paced: result }) => result.firstP99),
        1,
      ),
      fixed(median(seen[name].map((round, at) => round.paced.firstMs - seen.bare[at].paced.firstMs)), 1),
      fixed(median(seen[name].map((round, at) => round.burst.firstMs - seen.bare[at].burst.firstMs)), 1),
      name === 'provider'
        ? ''
        : fixed(
            of(name, ({ paced: result }) => (result.cpuSeconds * 1e6) / result.events),
            0,
          ),
      name === 'provider'
        ? ''
        : fixed(
            of(name, ({ flat: result }) => (result.cpuSeconds * 1e6) / result.events),
            0,
          ),
      fixed(
        of(name, ({ flat: result }) => result.events / result.seconds),
        0,
      ),
      name === 'provider' ? '' : fixed((seen[name].at(-1).paced.memoryBytes ?? 0) / 1e6, 0),
    ]),
  )
}

async function measureHangUps(riwaq, mockUrl) {
  const count = 20
  await fetch(`${mockUrl}/stats`)
  const before = await riwaq.seed('/balance', {})
  const { left } = await load(riwaq, { kind: 'hangUps', count })
  let stopped = []
  let balance
  for (let tries = 0; tries < 100; tries++) {
    stopped = [...stopped, ...(await fetch(`${mockUrl}/stats`).then((answer) => answer.json()))]
    balance = await riwaq.seed('/balance', {})
    if (stopped.length >= count && balance.heldMicros === 0) break
    await new Promise((done) => setTimeout(done, 50))
  }
  const delays = stopped.map(({ at }, index) => at - left[index])
  const { data } = await riwaq.seed('/entries', { limit: count })
  const settled = data.filter(({ kind, estimated }) => kind === 'charge' && estimated).length
  table(
    'Clients that hang up in mid-stream',
    ['', 'provider stopped', 'within 300 ms', 'slowest ms', 'settled', 'still held micros', 'charged micros'],
    [
      [
        'riwaq',
        `${stopped.length} of ${count}`,
        `${delays.filter((ms) => ms <= 300).length} of ${count}`,
        Math.max(...delays),
        `${settled} of ${count}`,
        balance.heldMicros,
        before.balanceMicros - balance.balanceMicros,
      ],
    ],
  )
}

async function measureConversations(riwaq) {
  const rows = await riwaq.seed('/conversation', { sizes: [100, 1000, 10_000] })
  table(
    'A conversation that grows: one turn (send, write, finish) and opening it (its newest page)',
    ['messages', 'a turn ms', 'opening ms'],
    rows.map(({ size, turnMs, openMs }) => [size, fixed(turnMs, 2), fixed(openMs, 2)]),
  )
}

async function main() {
  console.log('Bundling the Workers as they are deployed…')
  const made = await bundles()
  const mockPort = await freePort()
  const mockUrl = `http://127.0.0.1:${mockPort}`
  await background(['bench/mock-provider.mjs', String(mockPort)], 0)
  const riwaq = await startRiwaq(made, mockUrl)
  children.push({ kill: riwaq.stop })
  if (process.argv.includes('--serve')) {
    console.log(JSON.stringify({ url: riwaq.url, headers: riwaq.headers, model: riwaq.model, pid: riwaq.pid }))
    return new Promise(() => process.on('SIGTERM', () => process.exit(0)))
  }
  const bare = await startBare(made, mockUrl)
  children.push({ kill: bare.stop })
  const portkey = await startPortkey(made, mockUrl)
  if (portkey) children.push({ kill: portkey.stop })
  else console.log('Portkey’s gateway could not be installed; its rows are left out.')
  if (process.argv.includes('--conversations')) return measureConversations(riwaq)
  const portkeyOnNode = portkey && (await startPortkeyOnNode(mockUrl))
  const targets = {
    provider: { url: mockUrl },
    bare,
    riwaq,
    'riwaq, through the gateway': riwaq.throughGateway,
    ...(portkey && { 'portkey on workerd': portkey }),
    ...(portkeyOnNode && { 'portkey on Node': portkeyOnNode }),
  }
  await measureWhole(targets)
  await measureStreams(targets)
  await measureHangUps(riwaq, mockUrl)
  await measureConversations(riwaq)
  const { heldMicros } = await riwaq.seed('/balance', {})
  console.log(
    `\nHeld after everything: ${heldMicros} micros. ${failures.length === 0 ? 'No request failed.' : `Failures:\n${failures.join('\n')}`}`,
  )
  if (failures.length > 0) console.log(riwaq.output())
}

try {
  await main()
} finally {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}
