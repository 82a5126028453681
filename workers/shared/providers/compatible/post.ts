import { APIError } from 'openai'
import { isProblem } from '#shared/http/problems'
import { createPostJson, type Post } from '../kit/post-json.ts'
import type { VendorOptions } from '../spec/vendor.ts'
import { toProblem } from './errors.ts'

const withoutTrailingSlash = (url: string): string => url.replace(/\/+$/, '')

export function createPost(
  { apiKey, baseURL = '', fetch, label }: VendorOptions & { label: string },
  path = '/chat/completions',
): Post {
  const problemOf = (error: unknown) => toProblem({ error, vendor: label, secret: apiKey || undefined })
  return createPostJson({
    url: `${withoutTrailingSlash(baseURL)}${path}`,
    headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
    fetch,
    onFailure: (error) => (isProblem(error) ? error : problemOf(error)),
    onRefusal: ({ status, body, text, headers }) =>
      problemOf(APIError.generate(status, body as object | undefined, body ? undefined : text, headers)),
  })
}
