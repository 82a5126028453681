import OpenAI from 'openai'
import type { Post } from '../kit/post-json.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { toProblem } from './errors.ts'

/** An answer may think long before its first byte; beyond this nobody waits. */
const TIMEOUT_MS = 300_000

export function createPost({ apiKey, baseURL, fetch }: VendorOptions): Post {
  const client = new OpenAI({
    apiKey,
    baseURL: baseURL ?? 'https://api.openai.com/v1',
    fetch,
    maxRetries: 0,
    logLevel: 'off',
    timeout: TIMEOUT_MS,
    organization: null,
    project: null,
  })
  return async (body, { signal, headers }) => {
    signal.throwIfAborted()
    try {
      return await client
        .post('/chat/completions', { body, signal, headers, stream: body['stream'] === true })
        .asResponse()
    } catch (error) {
      signal.throwIfAborted()
      throw toProblem(error, apiKey)
    }
  }
}
