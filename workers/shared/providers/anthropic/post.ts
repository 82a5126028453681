import Anthropic from '@anthropic-ai/sdk'
import type { Post } from '../kit/post-json.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { toProblem } from './errors.ts'

/**
 * The version of 2026-10-21 refuses every setting of sampling, also to the models that take them; the one before
 * does not. https://platform.claude.com/docs/en/api/versioning
 */
const SAMPLING_VERSION = '2023-06-01'
const samplingSettings = ['temperature', 'top_p', 'top_k']

/** A caller of Anthropic's dialect brings their own version; the body is written for that. */
function toHeaders(body: Record<string, unknown>, headers: Record<string, string> = {}): Record<string, string> {
  if (headers['anthropic-version'] !== undefined || !samplingSettings.some((setting) => body[setting] !== undefined))
    return headers
  return { ...headers, 'anthropic-version': SAMPLING_VERSION }
}

/** An answer may think long before its first byte; beyond this nobody waits. */
const TIMEOUT_MS = 300_000

export function createPost({ apiKey, baseURL, fetch }: VendorOptions): Post {
  const client = new Anthropic({
    apiKey,
    authToken: null,
    baseURL: baseURL ?? 'https://api.anthropic.com',
    fetch,
    maxRetries: 0,
    logLevel: 'off',
    timeout: TIMEOUT_MS,
  })
  return async (body, { signal, headers }) => {
    signal.throwIfAborted()
    try {
      return await client
        .post('/v1/messages', { body, signal, headers: toHeaders(body, headers), stream: body['stream'] === true })
        .asResponse()
    } catch (error) {
      signal.throwIfAborted()
      throw toProblem(error, apiKey)
    }
  }
}
