// Server-sent events whose data are whole pictures. Each byte is looked at once, where read-sse would search a line anew
// with every piece of it that comes.
import { isProblem } from '#shared/http/problems'
import { networkProblem, nonsenseProblem } from './upstream-problem.ts'

/** Of one event: a large picture in base64. */
const MAX_CHARACTERS = 48 * 1_048_576

export interface LargeEvents {
  response: Response
  signal: AbortSignal
  vendor: string
  secret?: string
}

async function* readLines(body: ReadableStream<Uint8Array>, { signal, vendor }: LargeEvents): AsyncGenerator<string> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const stop = () => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  let parts: string[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) return
      const [first = '', ...rest] = decoder.decode(value, { stream: true }).split('\n')
      parts.push(first)
      length += first.length
      if (length > MAX_CHARACTERS) throw nonsenseProblem(vendor, `an event of more than ${MAX_CHARACTERS} characters`)
      for (const next of rest) {
        yield parts.join('').replace(/\r$/, '')
        signal.throwIfAborted()
        parts = [next]
        length = next.length
      }
    }
  } finally {
    signal.removeEventListener('abort', stop)
    void reader.cancel().catch(() => undefined)
  }
}

/** The data of each event, as text. What the end of the body leaves unfinished is no event. */
async function* readData(body: ReadableStream<Uint8Array>, source: LargeEvents): AsyncGenerator<string> {
  let data: string[] = []
  for await (const line of readLines(body, source)) {
    if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
    if (line !== '' || data.length === 0) continue
    yield data.join('\n')
    data = []
  }
}

function parse(text: string, vendor: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // It may be half a picture: it is not logged.
    throw nonsenseProblem(vendor, `not JSON (${text.length} characters)`)
  }
}

/** Parsed. Throws a Problem where the stream breaks off, or says what is no JSON. */
export async function* readLargeEvents(source: LargeEvents): AsyncGenerator<unknown> {
  const { response, signal, vendor, secret } = source
  if (!response.body) throw nonsenseProblem(vendor, `an empty body (${response.status})`)
  try {
    for await (const text of readData(response.body, source)) if (text !== '[DONE]') yield parse(text, vendor)
  } catch (error) {
    if (isProblem(error)) throw error
    signal.throwIfAborted()
    throw networkProblem(vendor, error, secret)
  }
}
