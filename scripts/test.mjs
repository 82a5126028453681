// `npm test`: everything that CI runs, fast things first. Arguments name test files and skip the rest.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { findBrowser } from './lib/browser.mjs'
import { buildSite } from './lib/build-site.mjs'
import { bin, root } from './lib/project.mjs'
import { quietEnvironment } from './lib/run.mjs'

const files = process.argv.slice(2)
const results = join(root, '.data', 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
const total = { passed: 0, failed: 0, skipped: 0 }

function stage(title, command, args, env = {}) {
  console.log(`\n=== ${title}`)
  const started = Date.now()
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...quietEnvironment, ...env },
  })
  console.log(
    `=== ${title}: ${result.status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(0)} s`,
  )
  return result.status === 0
}

function vitest(project, env) {
  const report = join(results, `${project}.json`)
  const ok = stage(
    `tests: ${project}`,
    bin('vitest'),
    [
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      '--passWithNoTests=false',
      ...files,
    ],
    env,
  )
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
    total.passed += numPassedTests
    total.failed += numFailedTests
    total.skipped += numPendingTests
  } catch {
    total.failed += 1
  }
  return ok
}

function finish(ok) {
  if (!ok && total.failed === 0) total.failed = 1
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  process.exit(ok ? 0 : 1)
}

if (files.length > 0) {
  const browser = files.some((file) => file.includes('e2e')) ? await findBrowser() : ''
  const result = spawnSync(bin('vitest'), ['run', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...quietEnvironment, CHROME_PATH: browser },
  })
  process.exit(result.status ?? 1)
}

// The site's build is part of what is checked and of what the journeys open.
await buildSite().catch((error) => {
  console.error(error.output ?? error)
  finish(false)
})
const checked = stage('check', process.execPath, ['scripts/check.mjs'])
const units = vitest('unit')
const objects = vitest('durable-objects')
const browser = await findBrowser().catch((error) => {
  console.error(error.message)
  finish(false)
})
const journeys = vitest('e2e', { CHROME_PATH: browser })
finish(checked && units && objects && journeys)
