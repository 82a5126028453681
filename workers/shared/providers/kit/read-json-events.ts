// A vendor's stream as parsed JSON events, with its failures named as ours. Also takes a vendor that was asked for a
// stream and answered with one JSON document.
import { isProblem } from '#shared/http/problems'
import { readSse } from './read-sse.ts'
import { networkProblem, nonsenseProblem } from './upstream-problem.ts'

export interface JsonEvent {
  event: string
  /** Null for `[DONE]`. */
  data: Record<string, unknown> | null
}

interface Source {
  response: Response
  signal: AbortSignal
  vendor: string
  secret?: string
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parse(text: string, vendor: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {
    // Told below, without the parser's words.
  }
  // What it says may be half an answer, and answers are not logged.
  throw nonsenseProblem(vendor, `not JSON (${text.length} characters)`)
}

async function* read({ response, signal, vendor, secret }: Source): AsyncGenerator<JsonEvent> {
  try {
    for await (const { event, data } of readSse(response.body!, signal)) {
      yield { event, data: data === '[DONE]' ? null : parse(data, vendor) }
    }
  } catch (error) {
    if (isProblem(error)) throw error
    signal.throwIfAborted()
    throw networkProblem(vendor, error, secret)
  }
}

/** Throws before the first event where the answer is not one at all, so that nothing is charged for it. */
export async function openJsonEvents(
  source: Source,
): Promise<{ events: AsyncIterable<JsonEvent>; document: Record<string, unknown> | null }> {
  const { response, vendor, signal } = source
  const type = response.headers.get('content-type') ?? ''
  if (!response.body) throw nonsenseProblem(vendor, `an empty body (${response.status})`)
  if (type.includes('json')) {
    const text = await response.text().catch((error: unknown) => {
      signal.throwIfAborted()
      throw networkProblem(vendor, error, source.secret)
    })
    return { events: read(source), document: parse(text, vendor) }
  }
  if (type.includes('html')) {
    await response.body.cancel().catch(() => {})
    throw nonsenseProblem(vendor, `a web page (${type})`)
  }
  return { events: read(source), document: null }
}
