// Starts the platform as a person would, `npm start` on a free port with its own data, and stops it again.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from './eventually.ts'

export interface Platform {
  url: string
  dataDir: string
  stop(): Promise<void>
  /** Everything ends at once, as when the power fails: nobody is told and nothing is written any more. */
  crash(): Promise<void>
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

interface Process {
  pid: number
  parent: number
}

/** What is running on this machine; what has ended and only waits to be noticed is not. */
const processes = (): Process[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/))
    .filter(([, , state]) => !state!.startsWith('Z'))
    .map(([pid, parent]) => ({ pid: Number(pid), parent: Number(parent) }))

/** A process and all that it started, however deep. */
function familyOf(pid: number): number[] {
  const all = processes()
  const family = [pid]
  for (const member of family) for (const each of all) if (each.parent === member) family.push(each.pid)
  return family
}

function killAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended with its parent.
  }
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
    crash: async () => {
      child.removeAllListeners('exit')
      const family = familyOf(child.pid!)
      for (const pid of family) killAtOnce(pid)
      await eventually(
        () => processes().filter(({ pid }) => family.includes(pid)),
        (alive) => alive.length === 0,
      )
    },
  }
}
