// One attempt: an event posted to an address. Whatever the other side does is an outcome, never an error.
import type { AttemptError } from '#shared/contracts/webhooks'
import { checkPublicUrl } from '#shared/lib/public-url'

export interface Outcome {
  /** Null where nothing answered. */
  status: number | null
  /** The beginning of the answer's body. */
  body: string | null
  /** Null where it was delivered. */
  error: AttemptError | null
  durationMs: number
}

export interface PostTools {
  fetch: typeof fetch
  now(): number
  /** Aborts when this long has passed. */
  timeout(milliseconds: number): AbortSignal
  local: boolean
}

export const TIMEOUT_MS = 15_000
const BODY_BYTES = 1_024

const errorOf = (status: number): AttemptError | null => {
  if (status >= 200 && status < 300) return null
  return status >= 300 && status < 400 ? 'redirected' : 'refused'
}

/** The body is only looked at: that it breaks off, or never ends, says nothing of whether the event arrived. */
async function beginningOf(response: Response, stopped: Promise<never>): Promise<string | null> {
  const reader = response.body?.getReader()
  if (!reader) return null
  const decoder = new TextDecoder()
  let text = ''
  let left = BODY_BYTES
  try {
    while (left > 0) {
      const { done, value } = await Promise.race([reader.read(), stopped])
      if (done) break
      text += decoder.decode(value.subarray(0, left), { stream: true })
      left -= value.length
    }
  } catch {
    // What was read until then is what there is.
  } finally {
    void reader.cancel().catch(() => undefined)
  }
  return text.replace(/(?![\n\t])\p{Cc}/gu, '')
}

function stopOn(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => undefined)
  if (signal.aborted) reject(signal.reason)
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  return promise
}

export async function postEvent(
  { url, body, headers }: { url: string; body: string; headers: Record<string, string> },
  { fetch: send, now, timeout, local }: PostTools,
): Promise<Outcome> {
  const startedAt = now()
  const ended = (outcome: Omit<Outcome, 'durationMs'>): Outcome => ({ ...outcome, durationMs: now() - startedAt })
  const address = checkPublicUrl(url, { local })
  if (!address.ok) return ended({ status: null, body: null, error: 'address_refused' })
  const signal = timeout(TIMEOUT_MS)
  const stopped = stopOn(signal)
  try {
    const request = send(address.url.href, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', 'user-agent': 'Riwaq-Webhooks', ...headers },
      redirect: 'manual',
      signal,
    })
    const response = await Promise.race([request, stopped])
    const beginning = await beginningOf(response, stopped)
    return ended({ status: response.status, body: beginning, error: errorOf(response.status) })
  } catch {
    return ended({ status: null, body: null, error: signal.aborted ? 'timeout' : 'unreachable' })
  }
}
