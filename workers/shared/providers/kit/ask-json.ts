// One call of a vendor's JSON API: for vendors that take an order, and are then asked how far it has come.
import type { Problem } from '#shared/http/problems'

export interface Refusal {
  status: number
  /** Undefined where it is no JSON. */
  body: unknown
  text: string
  headers: Headers
}

export interface AskJsonOptions {
  headers: Record<string, string>
  fetch?: typeof fetch
  /** The connection failed, or nothing came in time. */
  onFailure: (error: unknown) => Problem
  /** An answer that is not 2xx. */
  onRefusal: (refusal: Refusal) => Problem
  timeoutMs?: number
}

export interface AskJson {
  (ask: { method: 'GET' | 'POST' | 'PUT'; url: string; body?: unknown; signal: AbortSignal }): Promise<unknown>
}

/** Orders are taken, and looked after, at once; the work itself is not waited for in a call. */
const TIMEOUT_MS = 60_000

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const payloadOf = (body: unknown): { body?: string | FormData; headers: Record<string, string> } => {
  if (body === undefined) return { headers: {} }
  if (body instanceof FormData) return { body, headers: {} }
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** The answer's JSON, `undefined` where there is none. Redirects are not followed: the key would travel along. */
export function createAskJson(options: AskJsonOptions): AskJson {
  const { fetch: send = fetch, onFailure, onRefusal, timeoutMs = TIMEOUT_MS } = options
  return async ({ method, url, body, signal }) => {
    signal.throwIfAborted()
    const payload = payloadOf(body)
    let answer: { response: Response; text: string }
    try {
      const response = await send(url, {
        method,
        redirect: 'manual',
        headers: { accept: 'application/json', ...options.headers, ...payload.headers },
        ...(payload.body !== undefined && { body: payload.body }),
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      })
      answer = { response, text: await response.text() }
    } catch (error) {
      signal.throwIfAborted()
      throw onFailure(error)
    }
    const { response, text } = answer
    if (!response.ok) throw onRefusal({ status: response.status, body: parse(text), text, headers: response.headers })
    return parse(text)
  }
}
