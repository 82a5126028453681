// Installs what the lock file says, once. Runs before every npm verb and under any Node from 20 up, so it
// may use Node's own modules only.
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stamp = join(root, 'node_modules', '.riwaq-stamp')
const [major] = process.versions.node.split('.').map(Number)

if (major < 20) {
  console.error(
    `Riwaq needs Node.js 20 or newer; this is ${process.versions.node}. Install it from https://nodejs.org and try again.`,
  )
  process.exit(1)
}

const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Installing dependencies (once; about a minute)…')
  // The outer npm run's variables would make this npm think it is part of that run.
  const keep = [
    'npm_config_registry',
    'npm_config_userconfig',
    'npm_config_cache',
    'npm_config_globalconfig',
    'npm_config_prefix',
  ]
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => {
      const lower = name.toLowerCase()
      return !lower.startsWith('npm_') || keep.includes(lower)
    }),
  )
  const result = spawnSync('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    env,
    stdio: 'inherit',
  })
  if (result.error || result.status !== 0) {
    console.error(
      '\nThe dependencies could not be installed. Is the npm registry reachable? Run the command again when it is.',
    )
    process.exit(1)
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, wanted)
}
