// One POST of JSON and nothing around it: it is on the way of every paid call, where the official clients' own
// machinery (retries, timers, headers built anew) costs more than the call itself. They still name the errors.
import type { Problem } from '#shared/http/problems'

/** Sends a body; the answer's body is unread. Throws a Problem unless 2xx. */
export type Post = (
  body: Record<string, unknown>,
  options: { signal: AbortSignal; headers?: Record<string, string> },
) => Promise<Response>

export interface PostJsonOptions {
  url: string
  headers: Record<string, string>
  fetch?: typeof fetch
  /** The connection failed. */
  onFailure: (error: unknown) => Problem
  /** An answer that is not 2xx. */
  onRefusal: (refusal: { status: number; body: unknown; text: string; headers: Headers }) => Problem
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function createPostJson({ url, headers, fetch: send = fetch, onFailure, onRefusal }: PostJsonOptions): Post {
  const standing = { 'content-type': 'application/json', accept: 'application/json', ...headers }
  return async (body, { signal, headers: more }) => {
    signal.throwIfAborted()
    try {
      const response = await send(url, {
        method: 'POST',
        headers: more ? { ...standing, ...more } : standing,
        body: JSON.stringify(body),
        signal,
      })
      if (response.ok) return response
      const text = await response.text()
      throw onRefusal({ status: response.status, body: parse(text), text, headers: response.headers })
    } catch (error) {
      signal.throwIfAborted()
      throw onFailure(error)
    }
  }
}
