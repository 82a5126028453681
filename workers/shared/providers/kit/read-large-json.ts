// A JSON answer with pictures in it: large, and no larger than this Worker can hold.
import { isProblem } from '#shared/http/problems'
import { networkProblem, nonsenseProblem } from './upstream-problem.ts'

/** Ten pictures in base64, with room. A Worker has 128 MB for everything. */
const MAX_BYTES = 48 * 1_048_576

interface Source {
  response: Response
  signal: AbortSignal
  vendor: string
  secret?: string
}

async function readText({ response, signal, vendor }: Source): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const stop = () => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  const decoder = new TextDecoder()
  let text = ''
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) return text + decoder.decode()
      length += value.byteLength
      if (length > MAX_BYTES) throw nonsenseProblem(vendor, `an answer of more than ${MAX_BYTES} bytes`)
      text += decoder.decode(value, { stream: true })
    }
  } finally {
    signal.removeEventListener('abort', stop)
    void reader.cancel().catch(() => undefined)
  }
}

/** Throws a Problem where it is no JSON, or breaks off. */
export async function readLargeJson(source: Source): Promise<unknown> {
  const { signal, vendor, secret } = source
  let text: string
  try {
    text = await readText(source)
  } catch (error) {
    signal.throwIfAborted()
    if (isProblem(error)) throw error
    throw networkProblem(vendor, error, secret)
  }
  try {
    return JSON.parse(text)
  } catch {
    // What it says may be half a picture: it is not logged.
    throw nonsenseProblem(vendor, `not JSON (${text.length} characters)`)
  }
}
