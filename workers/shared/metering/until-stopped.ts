import type { MeteredCall } from './metered-call.ts'

/** What a provider promises, or why the call was stopped: one that ignores its signal cannot hold us up. */
export const untilStopped = <T>(call: MeteredCall, promise: Promise<T>): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    call.onStop(reject)
    promise.then(resolve, (error: unknown) => reject(call.stopped() ?? error))
  })
