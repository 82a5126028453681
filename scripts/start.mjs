// `npm start`: the whole platform on the real local runtime, from nothing to a served page.
import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, relative, resolve } from 'node:path'
import { buildSite } from './lib/build-site.mjs'
import { fingerprint } from './lib/fingerprint.mjs'
import { writeLocalConfigs } from './lib/configs.mjs'
import { keepMailbox } from './lib/mailbox.mjs'
import { bin, root, workers as workerTable } from './lib/project.mjs'
import { quietEnvironment, run } from './lib/run.mjs'
import { readSettings, withLocalSecrets } from './lib/settings.mjs'

const port = Number(process.env.PORT ?? 8787)
const host = process.env.HOST ?? '127.0.0.1'
const dataDir = resolve(process.env.DATA_DIR ?? join(root, '.data'))
const ownFlags = new Set(['--watch-site', '--verbose'])
const flags = process.argv.slice(2)
const watchSite = flags.includes('--watch-site')
const verbose = flags.includes('--verbose')
const passedOn = flags.filter((flag) => !ownFlags.has(flag) && flag !== '--')

const step = (text) => console.log(`  ${text}`)

function stop(sentence, details = '') {
  console.error(`\n${sentence}`)
  if (details) console.error(details.trim().split('\n').slice(-20).join('\n'))
  process.exit(1)
}

function portIsFree() {
  return new Promise((answer) => {
    const server = createServer()
    server.once('error', () => answer(false))
    server.listen(port, host, () => server.close(() => answer(true)))
  })
}

async function applyMigrations(config) {
  const stamp = join(dataDir, 'run', 'migrations')
  const wanted = fingerprint(['db/migrations'])
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return
  await run(bin('wrangler'), [
    'd1',
    'migrations',
    'apply',
    'riwaq',
    '--local',
    '--persist-to',
    join(dataDir, 'state'),
    '-c',
    config,
  ])
  writeFileSync(stamp, wanted)
}

function startWorkers(configs) {
  // The first is the one that listens.
  const order = workerTable.map(({ name }) => name).toReversed()
  const args = ['dev', '--local', ...order.flatMap((name) => ['-c', configs[name]])]
  args.push(
    '--persist-to',
    join(dataDir, 'state'),
    '--ip',
    host,
    '--port',
    String(port),
    '--inspector-port',
    '0',
    ...passedOn,
  )
  // A group of its own, so that the runtime below wrangler ends with it.
  const child = spawn(bin('wrangler'), args, {
    cwd: root,
    env: { ...process.env, ...quietEnvironment, WRANGLER_LOG_PATH: join(dataDir, 'logs') },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const log = createWriteStream(join(dataDir, 'logs', 'platform.log'))
  let tail = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      log.write(chunk)
      tail = (tail + chunk).slice(-8000)
      if (verbose) process.stdout.write(chunk)
    })
  }
  return { child, tail: () => tail }
}

async function untilReady(url, isOver) {
  const deadline = Date.now() + 90_000
  while (Date.now() < deadline && !isOver()) {
    // A slow machine may run out of time in the middle of an answer as well.
    const ready = await fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) })
      .then(async (answer) => answer.ok && (await answer.json()).status === 'ok')
      .catch(() => false)
    if (ready) return true
    await new Promise((done) => setTimeout(done, 150))
  }
  return false
}

/** A model server on this machine is one line away: say which line. */
async function findOllama(settings) {
  if (settings.COMPATIBLE_BASE_URL) return null
  try {
    const answer = await fetch('http://127.0.0.1:11434/api/tags', { signal: AbortSignal.timeout(300) })
    const { models = [] } = await answer.json()
    const list = models.map(({ name }) => ({
      id: name,
      input: 0,
      output: 0,
      cached_input: 0,
      context: 8192,
      max_output: 4096,
    }))
    return list.length > 0
      ? `COMPATIBLE_BASE_URL=http://127.0.0.1:11434/v1 COMPATIBLE_API_KEY=ollama COMPATIBLE_MODELS='${JSON.stringify(list)}' npm start`
      : null
  } catch {
    return null
  }
}

const started = Date.now()
if (!Number.isInteger(port) || port < 1 || port > 65535)
  stop(`PORT must be a number from 1 to 65535, not “${process.env.PORT}”.`)
if (!(await portIsFree()))
  stop(`Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1} npm start`)

if (!['127.0.0.1', 'localhost', '::1'].includes(host) && !readSettings().PUBLIC_URL)
  stop(
    `HOST=${host} opens the platform to your network: set PUBLIC_URL to the address that people will use, so that it is not taken for a developer’s machine.`,
  )

console.log('Riwaq is starting…')
mkdirSync(join(dataDir, 'logs'), { recursive: true })
// Workers AI's binding exists locally but cannot run there.
const url = `http://${host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host}:${port}`
const settings = { WORKERS_AI: 'off', ...withLocalSecrets(readSettings(), dataDir), LOCAL_URL: url }
const configs = writeLocalConfigs({ dataDir, settings })

step('building the site and preparing the database')
await Promise.all([
  buildSite().catch((error) =>
    stop('The site could not be built. The last lines say why:', error.output ?? String(error)),
  ),
  applyMigrations(configs.auth).catch((error) =>
    stop('The database could not be prepared. The last lines say why:', error.output ?? String(error)),
  ),
])

step('starting the Workers')
const workers = startWorkers(configs)
let over = false

/** To all that the dev server started: it does not always take its runtime with it. */
function toAll(signal) {
  try {
    process.kill(-Number(workers.child.pid), signal)
  } catch {
    // They have ended by themselves.
  }
}

function shutDown(signal) {
  if (over) return
  over = true
  toAll(signal)
  setTimeout(() => process.exit(0), 4000)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => shutDown(signal))
process.on('exit', () => toAll('SIGKILL'))
workers.child.on('exit', (code) => {
  if (over) process.exit(0)
  over = true
  stop(`The local runtime ended (${code}). The last lines say why:`, workers.tail())
})

if (!(await untilReady(url, () => over))) {
  const text = workers.tail()
  shutDown('SIGKILL')
  stop('The platform did not become ready. The last lines say why:', text)
}
const stopMail = keepMailbox({ from: join(dataDir, 'run', '.wrangler', 'tmp', 'email'), to: join(dataDir, 'mail') })
workers.child.on('exit', stopMail)
if (watchSite) {
  const { watch } = await import('node:fs')
  let timer
  for (const folder of ['site/src', 'docs', 'workers/shared']) {
    watch(join(root, folder), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        buildSite().catch((error) => console.error(error.output ?? error))
      }, 200)
    })
  }
}

const models = [
  'OPENAI_API_KEY',
  'ANTHROPIC_API_KEY',
  'GEMINI_API_KEY',
  'GROQ_API_KEY',
  'DEEPSEEK_API_KEY',
  'MISTRAL_API_KEY',
  'XAI_API_KEY',
  'COMPATIBLE_BASE_URL',
]
const ollama = await findOllama(settings)
if (ollama) step(`Ollama runs on this machine. To chat with its models: ${ollama}`)
else if (!models.some((name) => settings[name]))
  step('no model vendor is configured: the sandbox answers. .dev.vars.example says how to connect one')
step(
  `mails land in ${relative(process.cwd(), join(dataDir, 'mail')) || '.'}, logs in ${relative(process.cwd(), join(dataDir, 'logs')) || '.'}`,
)
console.log(
  `\nRiwaq is ready at ${url} — open ${url}/en/sign-up (or ${url}/ar/sign-up), sign up with any e-mail and a password of 8 characters or more. (${((Date.now() - started) / 1000).toFixed(1)} s)`,
)
