// Time for tests: nothing sleeps, and what happens at once happens in an order that a seed decides.
import type { Clock } from '../lib/clock.ts'

export interface Timeline {
  clock: Clock
  /** The answer cancels it. */
  at(time: number, act: () => void): () => void
  /** That long, with what happens in it. */
  pass(milliseconds: number): Promise<void>
  /** Until nothing is left to happen. */
  run(limitMs: number): Promise<void>
}

interface Event {
  time: number
  act: () => void
}

/** Everything that was begun has gone as far as it can. */
const settled = () => new Promise<void>((done) => setImmediate(done))

export function createTimeline(start = Date.UTC(2026, 0, 1)): Timeline {
  const events: Event[] = []
  let now = start

  function at(time: number, act: () => void): () => void {
    const event = { time: Math.max(now, time), act }
    let place = events.length
    while (place > 0 && events[place - 1]!.time <= event.time) place--
    events.splice(place, 0, event)
    return () => {
      const index = events.indexOf(event)
      if (index >= 0) events.splice(index, 1)
    }
  }

  async function pass(milliseconds: number): Promise<void> {
    const until = now + milliseconds
    await settled()
    for (let next = events.at(-1); next && next.time <= until; next = events.at(-1)) {
      now = next.time
      // What is due in the same moment goes together.
      while (events.at(-1)?.time === now) events.pop()!.act()
      await settled()
    }
    now = until
  }

  async function run(limitMs: number): Promise<void> {
    const limit = now + limitMs
    await settled()
    for (let next = events.at(-1); next; next = events.at(-1)) {
      if (next.time > limit) throw new Error('something never comes to its end')
      await pass(next.time - now)
    }
  }

  return { clock: () => now, at, pass, run }
}

/** Numbers that a seed decides (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
