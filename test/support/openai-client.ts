// The official client before an app that is asked without a network.
import OpenAI from 'openai'

export type Ask = (
  path: string,
  body: string,
  init: { method: string; headers: Record<string, string>; signal?: AbortSignal },
) => Promise<Response>

export const openAIClientOf = (ask: Ask): OpenAI =>
  new OpenAI({
    apiKey: 'rq_test',
    baseURL: 'https://riwaq.test/v1',
    maxRetries: 0,
    fetch: async (url, init) => {
      const { pathname, search } = new URL(String(url))
      return ask(`${pathname}${search}`, init?.body ? String(init.body) : '', {
        method: init?.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init?.headers as HeadersInit)),
        ...(init?.signal && { signal: init.signal }),
      })
    },
  })
