// `npm start`: the whole platform on the real local runtime, from nothing to a served page.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { buildSite } from './lib/build-site.mjs'
import { startDevServer, untilReady } from './lib/dev-server.mjs'
import { fingerprint } from './lib/fingerprint.mjs'
import { writeLocalConfigs } from './lib/configs.mjs'
import { keepMailbox } from './lib/mailbox.mjs'
import { bin, root, workers as workerTable } from './lib/project.mjs'
import { chooseStripePort, portIsFree, wantsLocalStripe, withLocalStripe } from './lib/local-stripe.mjs'
import { run } from './lib/run.mjs'
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

/** The stand-in for Stripe, where it is wanted, with the settings that the platform needs to reach it. */
async function planPayments(settings) {
  if (!wantsLocalStripe({ settings, host })) return { settings }
  const stripePort = await chooseStripePort({ settings, port }).catch((error) => stop(error.message))
  const stripeUrl = `http://127.0.0.1:${stripePort}`
  return { stripePort, stripeUrl, settings: withLocalStripe({ settings, url: stripeUrl, platformUrl: url }) }
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
if (!(await portIsFree(port, host)))
  stop(`Port ${port} is in use. Stop what uses it, or choose another: PORT=${port + 1} npm start`)

if (!['127.0.0.1', 'localhost', '::1'].includes(host) && !readSettings().PUBLIC_URL)
  stop(
    `HOST=${host} opens the platform to your network: set PUBLIC_URL to the address that people will use, so that it is not taken for a developer’s machine.`,
  )

console.log('Riwaq is starting…')
mkdirSync(join(dataDir, 'logs'), { recursive: true })
// Workers AI's binding exists locally but cannot run there.
const url = `http://${host === '127.0.0.1' || host === '0.0.0.0' ? 'localhost' : host}:${port}`
const { settings, stripePort, stripeUrl } = await planPayments({
  WORKERS_AI: 'off',
  ...withLocalSecrets(readSettings(), dataDir),
  LOCAL_URL: url,
})
const configs = writeLocalConfigs({ dataDir, settings })
const servers = []
let over = false
const toAll = (signal) => servers.forEach((server) => server.toAll(signal))
const haveEnded = () => servers.every(({ child }) => child.exitCode !== null || child.signalCode !== null)

function shutDown(signal) {
  if (over) return
  over = true
  toAll(signal)
  if (haveEnded()) process.exit(0)
  setTimeout(() => process.exit(0), 4000)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => shutDown(signal))
process.on('exit', () => toAll('SIGKILL'))

function serve(options) {
  const server = startDevServer({ dataDir, verbose, ...options })
  servers.push(server)
  server.child.on('exit', (code) => {
    if (over && haveEnded()) process.exit(0)
    if (over) return
    over = true
    stop(`The local runtime ended (${code}). The last lines say why:`, server.tail())
  })
  return server
}

// It needs neither the site nor the database: it starts while they are prepared.
const stripe = stripePort
  ? serve({ configs: [configs['local-stripe']], state: 'stripe', host: '127.0.0.1', port: stripePort, log: 'stripe' })
  : null

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
// The first is the one that listens.
const order = workerTable.map(({ name }) => name).toReversed()
const workers = serve({
  configs: order.map((name) => configs[name]),
  state: 'state',
  host,
  port,
  log: 'platform',
  flags: passedOn,
})

const isOver = () => over
const [ready, paymentsReady] = await Promise.all([
  untilReady({
    url: `${url}/health`,
    isOver,
    isReady: async (answer) => answer.ok && (await answer.json()).status === 'ok',
  }),
  !stripe || untilReady({ url: `${stripeUrl}/_control/state`, isOver, isReady: (answer) => answer.ok }),
])
if (!ready || !paymentsReady) {
  const text = (ready ? stripe : workers).tail()
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

if (stripe) step(`Payments: a local stand-in for Stripe, ${stripeUrl}`)
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
