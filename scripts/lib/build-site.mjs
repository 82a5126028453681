import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { bin, root } from './project.mjs'
import { run } from './run.mjs'

const sources = ['site', 'docs', 'workers/shared', 'scripts/openapi.mjs', 'package-lock.json']
const stamp = join(root, 'site', 'dist', '.fingerprint')

/** Builds the site unless what it is made of has not changed. */
export async function buildSite() {
  const wanted = fingerprint(sources)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return { built: false }
  if (existsSync(join(root, 'scripts', 'openapi.mjs'))) await run(process.execPath, ['scripts/openapi.mjs'])
  await run(bin('astro'), ['build', '--root', 'site'])
  mkdirSync(join(root, 'site', 'dist'), { recursive: true })
  writeFileSync(stamp, fingerprint(sources))
  return { built: true }
}
