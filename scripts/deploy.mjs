// `npm run deploy`: makes every resource that is missing, applies migrations and releases the Workers in the
// order in which they call each other. `-- --dry-run` shows all of it and bundles everything, and uploads nothing.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSite } from './lib/build-site.mjs'
import { writeReleaseConfigs } from './lib/configs.mjs'
import { bin, root } from './lib/project.mjs'
import { releaseSteps, withoutServices } from './lib/release-steps.mjs'
import { neededResources } from './lib/resources.mjs'
import { run } from './lib/run.mjs'
import { readSettings, withLocalSecrets } from './lib/settings.mjs'

const dryRun = process.argv.includes('--dry-run')
const folder = join(root, '.data', 'deploy')

function stop(sentence, details = '') {
  console.error(`\n${sentence}`)
  if (details) console.error(details.trim().split('\n').slice(-20).join('\n'))
  process.exit(1)
}

const wrangler = (...args) =>
  run(bin('wrangler'), args).catch((error) =>
    stop(`“wrangler ${args.slice(0, 3).join(' ')}” failed:`, error.output ?? String(error)),
  )

/** Wrangler has no “create unless it is there”; that it is there is the one failure that is fine. */
async function ensure(kind, name, ...args) {
  try {
    await run(bin('wrangler'), args)
    console.log(`  made ${kind} ${name}`)
  } catch (error) {
    if (!/already (exists|taken)|duplicate|11009|10004|10006|7502/i.test(error.output ?? ''))
      stop(`The ${kind} “${name}” could not be made:`, error.output ?? String(error))
    console.log(`  ${kind} ${name} is there`)
  }
}

/** Where what cannot be bound for one organization alone is kept, for all of them. Only what is made now can be bound. */
const within = ({ DATA_JURISDICTION: jurisdiction }) => (jurisdiction ? ['--jurisdiction', jurisdiction] : [])

async function makeResources({ databases, buckets, queues }, bound) {
  for (const name of databases) await ensure('database', name, 'd1', 'create', name, ...bound)
  for (const name of buckets) {
    await ensure('bucket', name, 'r2', 'bucket', 'create', name, ...bound)
    // Answers are kept for their Idempotency-Key for a day, and for equal requests for a week at most.
    for (const [rule, days] of [
      ['idempotency', '1'],
      ['cache', '7'],
    ])
      await ensure(
        'rule of',
        name,
        'r2',
        'bucket',
        'lifecycle',
        'add',
        name,
        rule,
        `${rule}/`,
        '--expire-days',
        days,
        '--force',
        ...bound,
      )
  }
  for (const name of queues) await ensure('queue', name, 'queues', 'create', name)
  const list = JSON.parse(await wrangler('d1', 'list', '--json'))
  return (
    list.find(({ name }) => name === databases[0])?.uuid ??
    stop(`The database “${databases[0]}” was made but is not listed; run the command again.`)
  )
}

mkdirSync(folder, { recursive: true })
// Deployed, objects can be bound to a region; an operator who has said otherwise is believed.
const settings = { JURISDICTIONS: 'on', ...withLocalSecrets(readSettings(), folder) }
if (!dryRun && !settings.PUBLIC_URL)
  stop(
    'Set PUBLIC_URL (in .dev.vars or the environment) to the address that people will open, for example https://ai.example.com.',
  )

console.log('Building the site…')
await buildSite().catch((error) => stop('The site could not be built:', error.output ?? String(error)))

const resources = neededResources()
console.log(
  `Resources: D1 ${resources.databases.join(', ')} · R2 ${resources.buckets.join(', ')} · Queues ${resources.queues.join(', ')}`,
)
let databaseId
if (!dryRun) {
  if (/not authenticated/i.test(await wrangler('whoami')))
    stop('Sign in to Cloudflare first: npx wrangler login (or set CLOUDFLARE_API_TOKEN).')
  databaseId = await makeResources(resources, within(settings))
}

const releases = writeReleaseConfigs({ folder, settings, databaseId })
if (!dryRun) {
  console.log('Applying migrations…')
  await wrangler(
    'd1',
    'migrations',
    'apply',
    'riwaq',
    '--remote',
    '-c',
    releases.find(({ name }) => name === 'auth').config,
  )
}

/** Wrangler answers with an error for a Worker that was never released. */
const isThere = (script) =>
  run(bin('wrangler'), ['deployments', 'list', '--name', script]).then(
    () => true,
    () => false,
  )

/** The config of a step, in its own file where something is left out of it. */
function configFor({ config, name }, without) {
  if (without.length === 0) return config
  const path = join(folder, `${name}.first.json`)
  writeFileSync(path, JSON.stringify(withoutServices(JSON.parse(readFileSync(config, 'utf8')), without), null, 2))
  return path
}

async function releaseOne(release, without) {
  const args = ['deploy', '-c', configFor(release, without)]
  if (dryRun) args.push('--dry-run', '--outdir', join(folder, 'bundles', release.name))
  else if (release.secretsFile) args.push('--secrets-file', release.secretsFile)
  const output = await wrangler(...args)
  const size = /Total Upload: (.*)/.exec(output)?.[1] ?? ''
  console.log(
    `${dryRun ? 'would release' : 'released'} ${release.script} (${size}) · variables: ${release.variables.join(', ') || 'none'} · secrets: ${release.secrets.join(', ') || 'none'}${without.length > 0 ? ` · at first without ${without.join(', ')}` : ''}`,
  )
}

const contents = releases.map(({ script, config }) => ({ script, config: JSON.parse(readFileSync(config, 'utf8')) }))
for (const { script, without } of await releaseSteps(contents, dryRun ? async () => true : isThere))
  await releaseOne(
    releases.find((release) => release.script === script),
    without,
  )
for (const { secretsFile } of releases) if (secretsFile && existsSync(secretsFile)) rmSync(secretsFile)
console.log(
  dryRun
    ? '\nNothing was uploaded.'
    : `\nRiwaq is deployed. Point ${settings.PUBLIC_URL} at the Worker riwaq-gateway (Workers → Settings → Domains & Routes). ${join(folder, 'secrets.json')} holds the secrets that were made for you: keep it, or put them into .dev.vars.`,
)
