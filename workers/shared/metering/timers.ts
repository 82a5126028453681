/** Passed in, so that a test decides when time is up and nothing sleeps. */
export interface Timers {
  /** Calls back once; the answer cancels it. */
  after(milliseconds: number, callback: () => void): () => void
  wait(milliseconds: number): Promise<void>
}

export const systemTimers: Timers = {
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds)
    return () => clearTimeout(timer)
  },
  wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
}
