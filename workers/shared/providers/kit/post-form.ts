// One POST of JSON or of a form, whose answer may be large: pictures travel both ways. The sibling of post-json.
import { isProblem, type Problem } from '#shared/http/problems'
import type { PostJsonOptions } from './post-json.ts'

export type PostForm = (
  path: string,
  body: Record<string, unknown> | FormData,
  options: { signal: AbortSignal },
) => Promise<Response>

export interface PostFormOptions extends Omit<PostJsonOptions, 'url'> {
  baseURL: string
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The form's own boundary is the platform's to write. */
const payloadOf = (
  body: Record<string, unknown> | FormData,
): { body: string | FormData; headers: Record<string, string> } =>
  body instanceof FormData
    ? { body, headers: {} }
    : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }

export function createPostForm({
  baseURL,
  headers,
  fetch: send = fetch,
  onFailure,
  onRefusal,
}: PostFormOptions): PostForm {
  const base = baseURL.replace(/\/+$/, '')
  const failed = (error: unknown): Problem => (isProblem(error) ? error : onFailure(error))
  return async (path, body, { signal }) => {
    signal.throwIfAborted()
    const payload = payloadOf(body)
    try {
      const response = await send(`${base}${path}`, {
        method: 'POST',
        ...payload,
        headers: { accept: 'application/json', ...headers, ...payload.headers },
        signal,
      })
      if (response.ok) return response
      const text = await response.text()
      throw onRefusal({ status: response.status, body: parse(text), text, headers: response.headers })
    } catch (error) {
      signal.throwIfAborted()
      throw failed(error)
    }
  }
}
