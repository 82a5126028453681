import { spawn } from 'node:child_process'
import { root } from './project.mjs'

/** Nothing that runs here calls home, asks a question or shows a banner. */
export const quietEnvironment = {
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  ASTRO_TELEMETRY_DISABLED: '1',
  BETTER_AUTH_TELEMETRY: '0',
  CI: 'true',
}

/** Runs a command to its end and answers with its output; a failure says the command's own last lines. */
export function run(command, args, { env = {}, cwd = root, inherit = false } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...quietEnvironment, ...env },
      stdio: inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.on('error', fail)
    child.on('close', (code) => {
      if (code === 0) done(output)
      else fail(Object.assign(new Error(`${command} ended with ${code}`), { output, code }))
    })
  })
}
