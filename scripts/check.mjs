// `npm run check`: format, lint, types, borders and unused code. No network, under a minute.
import { spawn } from 'node:child_process'
import { bin, root } from './lib/project.mjs'

const checks = [
  ['format', 'oxfmt', ['--check', '.']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings', '.']],
  ['types', 'tsc', ['-p', '.']],
  ['journey types', 'tsc', ['-p', 'test']],
  ['site types', 'astro', ['check', '--root', 'site', '--minimumFailingSeverity', 'error']],
  ['borders', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'workers', 'durable-objects', 'db', 'site/src']],
  ['unused', 'knip', ['--no-progress']],
]

function check([title, command, args]) {
  return new Promise((done) => {
    const started = Date.now()
    const child = spawn(bin(command), args, {
      cwd: root,
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.on('close', (code) => {
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
      if (code !== 0) console.log(output)
      done(code === 0)
    })
  })
}

// Two at a time: that is what a small machine has.
const queue = [...checks]
const outcomes = []
await Promise.all(
  [0, 1].map(async () => {
    for (let next = queue.shift(); next; next = queue.shift()) outcomes.push(await check(next))
  }),
)
process.exit(outcomes.every(Boolean) ? 0 : 1)
