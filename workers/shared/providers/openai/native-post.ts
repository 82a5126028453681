// A caller's own body to OpenAI, unread and unbuilt: what the official client would do around it is not wanted here.
import { APIError } from 'openai'
import { isProblem } from '#shared/http/problems'
import { createPostJson, type Post } from '../kit/post-json.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { toProblem } from './errors.ts'

export const createNativePost = (
  { apiKey, baseURL = 'https://api.openai.com/v1', fetch }: VendorOptions,
  path = '/chat/completions',
): Post =>
  createPostJson({
    url: `${baseURL.replace(/\/+$/, '')}${path}`,
    headers: { authorization: `Bearer ${apiKey}` },
    fetch,
    onFailure: (error) => (isProblem(error) ? error : toProblem(error, apiKey)),
    onRefusal: ({ status, body, text, headers }) =>
      toProblem(APIError.generate(status, body as object | undefined, body ? undefined : text, headers), apiKey),
  })
