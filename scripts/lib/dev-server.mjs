// One run of wrangler's dev server, with the runtime below it.
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { bin, root } from './project.mjs'
import { quietEnvironment } from './run.mjs'

export function startDevServer({ configs, state, host, port, dataDir, log: logName, flags = [], verbose = false }) {
  const args = ['dev', '--local', ...configs.flatMap((config) => ['-c', config]), '--persist-to', join(dataDir, state)]
  args.push('--ip', host, '--port', String(port), '--inspector-port', '0', ...flags)
  // A group of its own, so that the runtime below wrangler ends with it.
  const child = spawn(bin('wrangler'), args, {
    cwd: root,
    env: { ...process.env, ...quietEnvironment, WRANGLER_LOG_PATH: join(dataDir, 'logs') },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const log = createWriteStream(join(dataDir, 'logs', `${logName}.log`))
  let tail = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      log.write(chunk)
      tail = (tail + chunk).slice(-8000)
      if (verbose) process.stdout.write(chunk)
    })
  }
  return {
    child,
    tail: () => tail,
    /** To all that the dev server started: it does not always take its runtime with it. */
    toAll(signal) {
      try {
        process.kill(-Number(child.pid), signal)
      } catch {
        // They have ended by themselves.
      }
    },
  }
}

/** Whether `isReady` says so before the time is over. */
export async function untilReady({ url, isReady, isOver }) {
  const deadline = Date.now() + 90_000
  while (Date.now() < deadline && !isOver()) {
    // A slow machine may run out of time in the middle of an answer as well.
    const ready = await fetch(url, { signal: AbortSignal.timeout(2000) })
      .then(isReady)
      .catch(() => false)
    if (ready) return true
    await new Promise((done) => setTimeout(done, 150))
  }
  return false
}
