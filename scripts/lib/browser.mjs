// The browser for journeys: CHROME_PATH, else one on this machine, else Debian's package where this runs as
// root, else Playwright's own download. Where none can be had it fails and says so; it never skips.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { bin } from './project.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macPaths = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

function onThisMachine() {
  for (const name of names) {
    const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
    if (found.status === 0) return found.stdout.trim()
  }
  return macPaths.find((path) => existsSync(path))
}

function fromDebian() {
  if (process.getuid?.() !== 0 || spawnSync('sh', ['-c', 'command -v apt-get']).status !== 0) return undefined
  console.log('Installing Chromium for the browser tests (once)…')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
  spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], { env, stdio: 'ignore' })
  return onThisMachine()
}

async function fromPlaywright() {
  console.log('Downloading a Chromium for the browser tests (once)…')
  if (spawnSync(bin('playwright-core'), ['install', 'chromium'], { stdio: 'inherit' }).status !== 0) return undefined
  const { chromium } = await import('playwright-core')
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined
}

export async function findBrowser() {
  const path = process.env.CHROME_PATH ?? onThisMachine() ?? fromDebian() ?? (await fromPlaywright())
  if (!path)
    throw new Error('No browser: install Chromium or Chrome, or set CHROME_PATH to one, and run the tests again.')
  return path
}
