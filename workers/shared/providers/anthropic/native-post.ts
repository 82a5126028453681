// A caller's own body to Anthropic, unread and unbuilt: what the official client would do around it is not wanted here.
import { APIError } from '@anthropic-ai/sdk'
import { isProblem } from '#shared/http/problems'
import { createPostJson, type Post } from '../kit/post-json.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { toProblem } from './errors.ts'

/** Where a caller names none: the one that takes every setting. */
const VERSION = '2023-06-01'

export const createNativePost = (
  { apiKey, baseURL = 'https://api.anthropic.com', fetch }: VendorOptions,
  path = '/v1/messages',
): Post =>
  createPostJson({
    url: `${baseURL.replace(/\/+$/, '')}${path}`,
    headers: { 'x-api-key': apiKey, 'anthropic-version': VERSION },
    fetch,
    onFailure: (error) => (isProblem(error) ? error : toProblem(error, apiKey)),
    onRefusal: ({ status, body, text, headers }) =>
      toProblem(APIError.generate(status, body as object | undefined, body ? undefined : text, headers), apiKey),
  })
