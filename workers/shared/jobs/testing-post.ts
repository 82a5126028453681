// The queue and the alarms of a test's world: at least once, at their time, and sometimes not at all.
import type { JobMessage } from '../contracts/jobs.ts'
import type { Timeline } from './timeline.ts'

const MINUTE_MS = 60_000
const REDELIVERY_MS = 30_000

interface PostOptions {
  timeline: Pick<Timeline, 'clock' | 'at'>
  /** What becomes of a message: one, several or none. */
  copies(): number
  /** Rejects, or says `lost`, where the Worker that had it did not come to its end. */
  work(message: JobMessage): Promise<unknown>
}

export function createPost({ timeline: { clock, at }, copies, work }: PostOptions) {
  const alarms = new Map<string, () => void>()

  async function deliver(message: JobMessage): Promise<void> {
    const outcome = await work(message).catch(() => 'lost' as const)
    if (outcome === 'lost') at(clock() + REDELIVERY_MS, () => void deliver(message))
  }

  function put(message: JobMessage): void {
    for (let copy = copies(); copy > 0; copy--) at(clock() + copy * 20, () => void deliver(message))
  }

  function clearAlarm(jobId: string): void {
    alarms.get(jobId)?.()
    alarms.delete(jobId)
  }

  function setAlarm(jobId: string, time: number, message: JobMessage): void {
    clearAlarm(jobId)
    const ring = () => {
      put(message)
      setAlarm(jobId, clock() + MINUTE_MS, message)
    }
    alarms.set(jobId, at(time, ring))
  }

  return { alarms, put, setAlarm, clearAlarm }
}
