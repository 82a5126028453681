// Two copies of a command in one clone wait for each other. The lock is the operating system's, on a database
// file that nothing is written to: whoever holds it and is killed has let it go.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const BUSY = 5

function tryLock(path) {
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (error.errcode === BUSY) return null
    throw error
  }
}

/** Does the work when nobody else does work under this lock, in this process or another one. */
export async function oneAtATime(path, work, { everyMs = 100 } = {}) {
  mkdirSync(dirname(path), { recursive: true })
  let lock = tryLock(path)
  while (!lock) {
    await new Promise((done) => setTimeout(done, everyMs))
    lock = tryLock(path)
  }
  try {
    return await work()
  } finally {
    lock.close()
  }
}
