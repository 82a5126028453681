// `npm run stripe:sync`: makes a Stripe account know what is sold here. Run it again after every change: what is in place
// is left alone. `-- --dry-run` shows what would change; `--remote` reads the deployment's plans, otherwise those of the
// copy on this machine; `--seed` takes those of a fresh platform; `--coupons file.json` makes coupons as well.
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import Stripe from 'stripe'
import { createStripe } from '../workers/billing/stripe.ts'
import { handledEvents } from '../workers/billing/stripe-sync/handled-events.ts'
import { overageRates } from '../workers/billing/stripe-sync/overage-rates.ts'
import {
  priceStatements,
  readCoupons,
  readPacks,
  readPlans,
  seedCatalogue,
  storedCatalogue,
} from '../workers/billing/stripe-sync/stored-catalogue.ts'
import { syncStripe } from '../workers/billing/stripe-sync/sync-stripe.ts'
import { bin, root } from './lib/project.mjs'
import { run } from './lib/run.mjs'
import { readSettings } from './lib/settings.mjs'

const { values: flags } = parseArgs({
  options: {
    'dry-run': { type: 'boolean', default: false },
    remote: { type: 'boolean', default: false },
    seed: { type: 'boolean', default: false },
    coupons: { type: 'string' },
  },
})
const dryRun = flags['dry-run']
const dataDir = resolve(process.env.DATA_DIR ?? join(root, '.data'))
const localConfig = join(dataDir, 'run', 'billing.json')
/** Software as a service, for business: what Stripe Tax takes it for. */
const TAX_CODE = 'txcd_10103001'

function stop(sentence, details = '') {
  console.error(`\n${sentence}`)
  if (details) console.error(details.trim().split('\n').slice(-12).join('\n'))
  process.exit(1)
}

/** A copy on this machine has its own stand-in for Stripe, whose key is in the configuration it was started with. */
function settingsHere() {
  const settings = readSettings()
  if (settings.STRIPE_SECRET_KEY || flags.remote || !existsSync(localConfig)) return settings
  return { ...settings, ...JSON.parse(readFileSync(localConfig, 'utf8')).vars }
}

async function askDatabase(...args) {
  const place = flags.remote ? ['--remote'] : ['--local', '--persist-to', join(dataDir, 'state'), '-c', localConfig]
  // Away from our own configuration the database is found by its name, in the account that is signed in.
  const cwd = flags.remote ? mkdtempSync(join(tmpdir(), 'riwaq-stripe-sync-')) : root
  try {
    return await run(bin('wrangler'), ['d1', 'execute', 'riwaq', ...place, '--yes', '--json', ...args], { cwd })
  } finally {
    if (flags.remote) rmSync(cwd, { recursive: true, force: true })
  }
}

async function rowsOf(statement) {
  const output = await askDatabase('--command', statement)
  return JSON.parse(output.slice(output.indexOf('['))).flatMap(({ results }) => results)
}

async function readCatalogue(coupons) {
  if (flags.seed) return seedCatalogue(coupons)
  if (!flags.remote && !existsSync(localConfig)) {
    console.log('No copy was started on this machine yet: the plans of a fresh platform are taken.')
    return seedCatalogue(coupons)
  }
  try {
    return storedCatalogue({ plans: await rowsOf(readPlans), packs: await rowsOf(readPacks), coupons })
  } catch (error) {
    return stop('The plans could not be read:', error.output ?? String(error))
  }
}

async function keepPrices(prices) {
  if (flags.seed || (!flags.remote && !existsSync(localConfig)) || prices.length === 0) return
  const file = join(mkdtempSync(join(tmpdir(), 'riwaq-prices-')), 'prices.sql')
  writeFileSync(file, priceStatements(prices).join('\n'))
  try {
    await askDatabase('--file', file)
  } catch (error) {
    // Prices carry what they sell themselves, so nothing is lost: each is found when it is first bought.
    console.log(
      `The prices could not be written to the database: ${(error.output ?? String(error)).trim().split('\n').at(-1)}`,
    )
  } finally {
    rmSync(resolve(file, '..'), { recursive: true, force: true })
  }
}

const said = ({ kind, name, action, fields }) =>
  `  ${dryRun ? `would ${action}` : action === 'create' ? 'created' : 'updated'} ${kind.replaceAll('_', ' ')} ${name}${fields.length > 0 ? ` (${fields.join(', ')})` : ''}`

const settings = settingsHere()
if (!settings.STRIPE_SECRET_KEY)
  stop('Set STRIPE_SECRET_KEY (in .dev.vars or the environment). A key that begins with sk_test_ moves no money.')
const publicUrl = settings.PUBLIC_URL?.replace(/\/+$/, '') ?? null
const coupons = flags.coupons ? readCoupons(JSON.parse(readFileSync(resolve(flags.coupons), 'utf8'))) : []
const catalogue = await readCatalogue(coupons)
const live = !/^[sr]k_test_/.test(settings.STRIPE_SECRET_KEY)
console.log(
  `Stripe, ${live ? 'LIVE mode: money moves' : 'test mode'}${settings.STRIPE_API_BASE ? ` at ${settings.STRIPE_API_BASE}` : ''}: ${catalogue.plans.length} plans, ${catalogue.creditPacks.length} credit packs, ${catalogue.coupons.length} coupons`,
)

const report = await syncStripe({
  stripe: createStripe({ secretKey: settings.STRIPE_SECRET_KEY, apiBase: settings.STRIPE_API_BASE ?? null }),
  catalogue,
  publicUrl,
  events: handledEvents,
  apiVersion: Stripe.API_VERSION,
  overageRates: overageRates(catalogue),
  tax: { on: settings.STRIPE_TAX?.toLowerCase() === 'on', code: TAX_CODE },
  runId: randomUUID(),
  dryRun,
  onChange: (change) => console.log(said(change)),
}).catch((error) =>
  stop(`Stripe refused, or could not be reached: ${error.message}`, 'What was done is done; run this again to go on.'),
)
if (!dryRun) await keepPrices(report.prices)

for (const warning of report.warnings) console.log(`  ! ${warning}`)
if (publicUrl === null) console.log('No webhook endpoint: set PUBLIC_URL to the address that Stripe can reach.')
else if (report.webhookSecret)
  console.log(
    `\nThe webhook endpoint is new. Its secret is told this once; put it into .dev.vars and deploy:\nSTRIPE_WEBHOOK_SECRET=${report.webhookSecret}`,
  )
else
  console.log(
    'The webhook endpoint’s secret stands at Stripe under Developers → Webhooks, and here belongs into STRIPE_WEBHOOK_SECRET.',
  )
console.log(
  report.changes.length === 0
    ? 'Everything is in place: nothing changed.'
    : dryRun
      ? `${report.changes.length} changes would be made. Nothing was changed.`
      : `${report.changes.length} changes.`,
)
