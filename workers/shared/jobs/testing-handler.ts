// A provider that does as a test says, and a library that counts what it is given.
import type { Timers } from '../metering/timers.ts'
import type { Asked, JobHandler, KeptProduct } from './handler.ts'
import type { StoredJob } from './types.ts'

export const PRICE = 2_000

/** What the provider does when it is asked. */
export type Answer =
  | { picture: string; afterMs?: number }
  /** It works on it, and `ready` or not is found out by looking. */
  | { operation: string; look(times: number): Asked<string> | Error }
  | { error: Error; afterMs?: number }
  | { silence: true }

export interface Input extends Record<string, unknown> {
  prompt: string
}

export type Provider = (job: StoredJob<Input>, attempt: number) => Answer

const FIRST_LOOK_MS = 5_000

const never = <T>() => new Promise<T>(() => {})

/** What the outside remembers, whichever Worker is lost. */
export function createOutside() {
  return {
    /** Item → picture. */
    staged: new Map<string, string>(),
    published: new Map<string, string>(),
    /** Job → how often. */
    asked: new Map<string, number>(),
    /** Operation → how often. */
    looks: new Map<string, number>(),
    stopped: [] as string[],
    /** The words that the provider was given last. */
    prompts: [] as string[],
  }
}

export type Outside = ReturnType<typeof createOutside>

interface HandlerOptions {
  outside: Outside
  provider: Provider
  maxAttempts: number
  timers: Timers
  /** The way there and back, on which a Worker may be lost. */
  step<T>(name: string, act: () => Promise<T> | T): Promise<T>
}

const counted = (counts: Map<string, number>, name: string): number => {
  const count = (counts.get(name) ?? 0) + 1
  counts.set(name, count)
  return count
}

const itemOf = ({ id }: { id: string }): string => `itm_${id}`

export function createTestHandler(options: HandlerOptions): JobHandler<Input, string> {
  const { outside, provider, maxAttempts, timers, step } = options
  const { staged, published } = outside
  return {
    service: 'images',
    show: (input) => ({ ...input }),
    maxAttempts,
    async ask(job, { signal, preview }) {
      const answer = await step('provider.ask', () => {
        counted(outside.asked, job.id)
        outside.prompts.push(job.input.prompt)
        return provider(job as StoredJob<Input>, job.attempts)
      })
      if ('silence' in answer) return never()
      if ('operation' in answer) return { operation: answer.operation, afterMs: FIRST_LOOK_MS, progress: 0 }
      if (answer.afterMs) await timers.wait(answer.afterMs)
      signal.throwIfAborted()
      if ('error' in answer) throw answer.error
      preview({ index: 0, bytes: new Uint8Array([1]), mediaType: 'image/png' })
      return { done: answer.picture }
    },
    look: (job) =>
      step('provider.look', () => {
        const answer = provider(job as StoredJob<Input>, job.attempts)
        if (!('operation' in answer)) throw new Error('nobody was asked for this')
        const seen = answer.look(counted(outside.looks, job.operation!))
        if (seen instanceof Error) throw seen
        return seen
      }),
    keep: (job, raw): Promise<KeptProduct> =>
      step('library.stage', () => {
        const itemId = itemOf(job)
        if (!published.has(itemId) && !staged.has(itemId)) staged.set(itemId, raw)
        const price = { images: 1_000_000 * PRICE }
        const charge = { amountMicros: PRICE, usage: { images: 1 }, price, costMicros: 0, estimated: false }
        return { itemIds: [itemId], charge, facts: {} }
      }),
    publish: (job) =>
      step('library.publish', () => {
        for (const itemId of job.product!.itemIds) {
          if (published.has(itemId)) continue
          const picture = staged.get(itemId)
          if (picture === undefined) throw new Error('nothing of this name was kept')
          published.set(itemId, picture)
          staged.delete(itemId)
        }
      }),
    discard: (job) => step('library.discard', () => void staged.delete(itemOf(job))),
    stop: (job) => step('provider.stop', () => void outside.stopped.push(job.operation!)),
  }
}
