// A `fetch` for tests: what the adapter sends is shown to a function that answers in the vendor's place.
import type { Respond } from './language-model-conformance.ts'

export const fetchOf =
  (respond: Respond): typeof fetch =>
  async (input, init) => {
    const request = new Request(input as RequestInfo, init)
    const text = await request.text()
    const signal = init?.signal ?? undefined
    const answer = Promise.resolve(
      respond({
        url: request.url,
        headers: request.headers,
        body: JSON.parse(text || '{}') as Record<string, unknown>,
        signal,
      }),
    )
    if (!signal) return answer
    const { promise: aborted, reject } = Promise.withResolvers<never>()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    return Promise.race([answer, aborted])
  }
