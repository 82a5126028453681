/** Resolves after so many milliseconds; rejects with the signal's reason as soon as it fires. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>

export const timerWait: Wait = (milliseconds, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal.addEventListener('abort', stop, { once: true })
  })
