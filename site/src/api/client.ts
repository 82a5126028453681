// The one way from the site to the platform: same-origin cookies, JSON in and out, problems thrown as `ApiProblem`.
import { ApiProblem, isAbort, readProblem } from './api-problem.ts'
import { takeFirstAnswer } from './first-answers.ts'

export type Query = Record<string, string | number | boolean | null | undefined>

export interface CallOptions {
  query?: Query
  signal?: AbortSignal
  headers?: Record<string, string>
  /** Goes out even if the page is left at this moment. */
  keepalive?: boolean
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>
type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

export interface Api {
  get<T>(path: string, options?: CallOptions): Promise<T>
  post<T>(path: string, body?: unknown, options?: CallOptions): Promise<T>
  patch<T>(path: string, body?: unknown, options?: CallOptions): Promise<T>
  put<T>(path: string, body?: unknown, options?: CallOptions): Promise<T>
  delete<T>(path: string, body?: unknown, options?: CallOptions): Promise<T>
}

export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${text}`
}

export function createApi(send: Fetch): Api {
  const call = async (method: Method, path: string, body: unknown, options: CallOptions = {}) => {
    const response = await ask(send, withQuery(path, options.query), {
      method,
      credentials: 'same-origin',
      signal: options.signal,
      ...(options.keepalive && { keepalive: true }),
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = await readJson(response)
    if (!response.ok) throw readProblem(response, answer)
    return answer
  }
  // The wire's shapes are the contracts'; the platform validates what it sends, so the client does not do it twice.
  return {
    get: async <T>(path: string, options?: CallOptions) => (await call('GET', path, undefined, options)) as T,
    post: async <T>(path: string, body: unknown = {}, options?: CallOptions) =>
      (await call('POST', path, body, options)) as T,
    patch: async <T>(path: string, body: unknown = {}, options?: CallOptions) =>
      (await call('PATCH', path, body, options)) as T,
    put: async <T>(path: string, body: unknown = {}, options?: CallOptions) =>
      (await call('PUT', path, body, options)) as T,
    delete: async <T>(path: string, body?: unknown, options?: CallOptions) =>
      (await call('DELETE', path, body, options)) as T,
  }
}

async function ask(send: Fetch, url: string, init: RequestInit): Promise<Response> {
  try {
    return await send(url, init)
  } catch (error) {
    if (isAbort(error)) throw error
    throw new ApiProblem({ code: 'network', status: 0, message: 'No answer.', requestId: null })
  }
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const api: Api = createApi((input, init) => takeFirstAnswer(input, init.method) ?? fetch(input, init))
