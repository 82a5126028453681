import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { oneAtATime } from './one-at-a-time.mjs'
import { bin, root } from './project.mjs'
import { run } from './run.mjs'

const sources = ['site', 'docs', 'workers/shared', 'scripts/openapi.mjs', 'package-lock.json']
const dist = join(root, 'site', 'dist')
const made = join(root, 'site', '.built')
const stamp = join(dist, '.fingerprint')

/** A running platform serves from `dist`: a file there is replaced, and goes only once nothing new names it. */
function moveIn() {
  cpSync(made, dist, { recursive: true })
  for (const name of readdirSync(dist, { recursive: true })) {
    if (!existsSync(join(made, String(name)))) rmSync(join(dist, String(name)), { recursive: true, force: true })
  }
  rmSync(made, { recursive: true, force: true })
}

async function build() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(sources)) return { built: false }
  if (existsSync(join(root, 'scripts', 'openapi.mjs'))) await run(process.execPath, ['scripts/openapi.mjs'])
  // Taken before: what is changed while it builds is not in it.
  const built = fingerprint(sources)
  await run(bin('astro'), ['build', '--root', 'site', '--outDir', '.built'])
  moveIn()
  writeFileSync(stamp, built)
  return { built: true }
}

/** Builds the site unless what it is made of has not changed. Two builds at once would empty each other's folder. */
export const buildSite = () => oneAtATime(join(root, 'node_modules', '.cache', 'riwaq', 'site-build.lock'), build)
