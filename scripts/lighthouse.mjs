// `npm run lighthouse`: Lighthouse's four scores of the pages that decide a first impression, in both languages,
// against a platform that is running: `npm run lighthouse -- http://localhost:8787 en/chat` measures one page. Not part of `npm test`, because its figures depend on the machine's load.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { browserArguments, findBrowser } from './lib/browser.mjs'

const LIGHTHOUSE = 'lighthouse@13.5.0'
const WANTED = 95
const categories = ['performance', 'accessibility', 'best-practices', 'seo']
const paths = ['', 'sign-up', 'models', 'docs/api', 'chat']
const [given, ...chosen] = process.argv.slice(2)
const pages = chosen.length > 0 ? chosen : ['en', 'ar'].flatMap((locale) => paths.map((path) => `${locale}/${path}`))
const url = (given ?? `http://localhost:${process.env.PORT ?? 8787}`).replace(/\/$/, '')

function stop(sentence) {
  console.error(sentence)
  process.exit(1)
}

async function signUp() {
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({
      email: `lighthouse-${randomUUID()}@example.com`,
      password: 'a long enough passphrase',
      name: 'Layla Haddad',
    }),
  }).catch(() => stop(`No platform answers at ${url}. Start it first: npm start`))
  if (!response.ok) stop(`The platform refused a sign-up (${response.status}): ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((pair) => pair.split(';')[0])
    .join('; ')
}

function npx(args, env = {}) {
  return new Promise((done) => {
    const child = spawn('npx', ['--yes', LIGHTHOUSE, ...args], {
      cwd: tmpdir(),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => done({ ok: false, output: error.message }))
    child.on('close', (code) => done({ ok: code === 0, output }))
  })
}

async function measure({ page, folder, browser, cookie }) {
  const path = join(folder, `${page.replaceAll('/', '-')}.json`)
  const args = [`${url}/${page}`, '--quiet', '--output=json', `--output-path=${path}`]
  args.push(`--only-categories=${categories.join(',')}`)
  args.push(`--chrome-flags=--headless=new ${browserArguments.join(' ')}`)
  if (cookie) args.push(`--extra-headers=${JSON.stringify({ Cookie: cookie })}`)
  const { ok, output } = await npx(args, { CHROME_PATH: browser })
  if (!ok) stop(`Lighthouse could not measure /${page}:\n${output.trim().split('\n').slice(-8).join('\n')}`)
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** What costs points: each failed check that has a weight, with its first sentence. */
function faults(report) {
  return categories.flatMap((name) =>
    report.categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && (report.audits[id].score ?? 1) < 0.9)
      .map(({ id }) => `    ${name}: ${report.audits[id].title} ${report.audits[id].displayValue ?? ''}`),
  )
}

const cookie = await signUp()
const version = await npx(['--version'])
if (!version.ok)
  stop(`${LIGHTHOUSE} could not be installed, so nothing was measured. npm said:\n${version.output.trim()}`)
const browser = await findBrowser()
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

console.log(`${LIGHTHOUSE}, its phone on a slow connection, ${url}\n`)
console.log(`${'page'.padEnd(14)}${categories.map((name) => name.padStart(16)).join('')}`)
let isLow = false
for (const page of pages) {
  const report = await measure({ page, folder, browser, cookie: page.endsWith('/chat') ? cookie : undefined })
  const scores = categories.map((name) => Math.round(report.categories[name].score * 100))
  isLow ||= scores.some((score) => score < WANTED)
  console.log(`${`/${page}`.padEnd(14)}${scores.map((score) => String(score).padStart(16)).join('')}`)
  for (const fault of faults(report)) console.log(fault)
}
process.exit(isLow ? 1 : 0)
