import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { oneAtATime } from './lib/one-at-a-time.mjs'

const newLock = () => join(mkdtempSync(join(tmpdir(), 'riwaq-lock-')), 'cache', 'lock')

test('of several at once, each does its work alone and all of them do it', async () => {
  const path = newLock()
  let inside = 0
  const outcomes = await Promise.all(
    [1, 2, 3, 4].map((name) =>
      oneAtATime(
        path,
        async () => {
          expect((inside += 1)).toBe(1)
          await new Promise(setImmediate)
          inside -= 1
          return name
        },
        { everyMs: 1 },
      ),
    ),
  )
  expect(outcomes).toEqual([1, 2, 3, 4])
})

test('work that fails lets the next one in', async () => {
  const path = newLock()
  await expect(oneAtATime(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await oneAtATime(path, () => 'done')).toBe('done')
})

test('another process waits as well, until its predecessor ends or is killed', async () => {
  const path = newLock()
  const script = `
    import { oneAtATime } from ${JSON.stringify(new URL('./lib/one-at-a-time.mjs', import.meta.url).href)}
    await oneAtATime(${JSON.stringify(path)}, () => { console.log('in'); return new Promise(() => setInterval(() => {}, 1000)) })`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(holder.stdout, 'data')
  let isOver = false
  const mine = oneAtATime(path, () => expect(isOver).toBe(true), { everyMs: 1 })
  await new Promise(setImmediate)
  isOver = true
  holder.kill('SIGKILL')
  await mine
})
