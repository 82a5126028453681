/** Milliseconds since the epoch. Passed in, so that a test can decide what time it is. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()

export type TestClock = Clock & { advance(milliseconds: number): void; set(at: number): void }

export function createTestClock(start = Date.UTC(2026, 0, 1)): TestClock {
  let now = start
  return Object.assign(() => now, {
    advance: (milliseconds: number) => void (now += milliseconds),
    set: (at: number) => void (now = at),
  })
}
