import OpenAI from 'openai'
import type { Post } from '../kit/openai-protocol/chat-model.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { toProblem } from './errors.ts'

/** A model on one's own machine may have to be loaded first. */
const TIMEOUT_MS = 300_000

const withoutTrailingSlash = (url: string): string => url.replace(/\/+$/, '')

export function createPost({ apiKey, baseURL = '', fetch, label }: VendorOptions & { label: string }): Post {
  const client = new OpenAI({
    apiKey: apiKey || 'none',
    baseURL: withoutTrailingSlash(baseURL),
    fetch,
    maxRetries: 0,
    logLevel: 'off',
    timeout: TIMEOUT_MS,
    organization: null,
    project: null,
    ...(!apiKey && { defaultHeaders: { authorization: null } }),
  })
  return async (body, { signal, headers }) => {
    signal.throwIfAborted()
    try {
      return await client
        .post('/chat/completions', { body, signal, headers, stream: body['stream'] === true })
        .asResponse()
    } catch (error) {
      signal.throwIfAborted()
      throw toProblem({ error, vendor: label, secret: apiKey || undefined })
    }
  }
}
