import Anthropic from '@anthropic-ai/sdk'
import type { VendorOptions } from '../spec/vendor.ts'
import { toProblem } from './errors.ts'

/** Sends a body; the answer's body is unread. Throws a Problem unless 2xx. */
export type Post = (body: Record<string, unknown>, options: { signal: AbortSignal; headers?: Record<string, string> }) => Promise<Response>

/** An answer may think long before its first byte; beyond this nobody waits. */
const TIMEOUT_MS = 300_000

export function createPost({ apiKey, baseURL, fetch }: VendorOptions): Post {
  const client = new Anthropic({ apiKey, authToken: null, baseURL: baseURL ?? 'https://api.anthropic.com', fetch, maxRetries: 0, timeout: TIMEOUT_MS })
  return async (body, { signal, headers }) => {
    signal.throwIfAborted()
    try {
      return await client.post('/v1/messages', { body, signal, headers, stream: body['stream'] === true }).asResponse()
    } catch (error) {
      signal.throwIfAborted()
      throw toProblem(error, apiKey)
    }
  }
}
