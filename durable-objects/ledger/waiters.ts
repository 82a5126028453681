// Who waits for a request to end. In memory alone: a waiter that is lost asks again.
type Outcome = 'settled' | 'released'

export class Waiters {
  readonly #waiting = new Map<string, Set<(outcome: Outcome) => void>>()

  wake(requestId: string, outcome: Outcome): void {
    for (const resolve of this.#waiting.get(requestId) ?? []) resolve(outcome)
    this.#waiting.delete(requestId)
  }

  wakeAll(outcome: Outcome): void {
    for (const requestId of this.#waiting.keys()) this.wake(requestId, outcome)
  }

  wait(requestId: string, timeoutMs: number): Promise<Outcome | 'running'> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(requestId) ?? new Set()
      this.#waiting.set(requestId, waiting)
      const timer = setTimeout(() => done('running'), timeoutMs)
      const done = (outcome: Outcome | 'running') => {
        clearTimeout(timer)
        waiting.delete(done)
        if (waiting.size === 0 && this.#waiting.get(requestId) === waiting) this.#waiting.delete(requestId)
        resolve(outcome)
      }
      waiting.add(done)
    })
  }
}
