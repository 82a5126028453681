// Time that passes when a test says so.
import type { TestClock } from '../lib/clock.ts'
import type { Timers } from './timers.ts'

export interface TestTimers extends Timers {
  /** Moves the clock and runs what has become due. */
  pass(milliseconds: number): Promise<void>
  pending(): number
}

export function createTestTimers(clock: TestClock): TestTimers {
  let timers: { at: number; callback: () => void }[] = []
  const after = (milliseconds: number, callback: () => void) => {
    const timer = { at: clock() + milliseconds, callback }
    timers.push(timer)
    return () => void (timers = timers.filter((each) => each !== timer))
  }
  return {
    after,
    // Waiting is not what a test is about: it is over at once.
    wait: () => Promise.resolve(),
    pending: () => timers.length,
    async pass(milliseconds) {
      clock.advance(milliseconds)
      for (
        let due = timers.filter(({ at }) => at <= clock());
        due.length > 0;
        due = timers.filter(({ at }) => at <= clock())
      ) {
        timers = timers.filter((timer) => !due.includes(timer))
        for (const { callback } of due) callback()
        await Promise.resolve()
      }
    },
  }
}
