// Starts the platform as a person would, `npm start` on a free port with its own data, and stops it again.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Platform {
  url: string
  dataDir: string
  stop(): Promise<void>
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => done(port))
    })
  })
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
      if (output.includes('Riwaq is ready at')) done()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.on('exit', (code) => fail(new Error(`npm start ended with ${code}:\n${output}`)))
  })
}

export async function startPlatform({
  settings,
  dataDir = mkdtempSync(join(tmpdir(), 'riwaq-')),
  keepData = false,
}: {
  settings: Record<string, string>
  dataDir?: string
  keepData?: boolean
}): Promise<Platform> {
  const port = await freePort()
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { ...process.env, ...settings, PORT: String(port), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await untilReady(child)
  return {
    url: `http://localhost:${port}`,
    dataDir,
    stop: () =>
      new Promise<void>((done) => {
        child.removeAllListeners('exit')
        child.once('exit', () => {
          if (!keepData) rmSync(dataDir, { recursive: true, force: true })
          done()
        })
        child.kill('SIGTERM')
      }),
  }
}
