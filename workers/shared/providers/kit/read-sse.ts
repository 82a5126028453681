// Server-sent events from bytes: https://html.spec.whatwg.org/multipage/server-sent-events.html. Events may be split
// anywhere, also inside a character. What the end of the body leaves unfinished is not an event.

export interface ServerSentEvent {
  /** `message` where the vendor named none. */
  event: string
  data: string
}

/** A line that never ends is not a stream of events; stop before it fills the memory. */
const LONGEST_PENDING = 16 * 1024 * 1024

export class EventTooLong extends Error {
  override name = 'EventTooLong'
}

interface Draft {
  event: string
  data: string | null
}

/** Reads one line into the draft; answers with the event that an empty line completes. */
function readLine(line: string, draft: Draft): ServerSentEvent | null {
  if (line === '') {
    const done = draft.data === null ? null : { event: draft.event || 'message', data: draft.data }
    draft.event = ''
    draft.data = null
    return done
  }
  const colon = line.indexOf(':')
  if (colon === 0) return null
  const field = colon === -1 ? line : line.slice(0, colon)
  const value = colon === -1 ? '' : line.slice(line.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1)
  if (field === 'data') draft.data = draft.data === null ? value : `${draft.data}\n${value}`
  else if (field === 'event') draft.event = value
  return null
}

/** CR and CRLF become LF; a CR at the very end waits for what may be its LF. */
function toLines(pending: string): { lines: string[]; rest: string } {
  const held = pending.endsWith('\r') ? '\r' : ''
  const text = held ? pending.slice(0, -1) : pending
  const lines = (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).split('\n')
  const rest = lines.pop() ?? ''
  return { lines, rest: rest + held }
}

/** Stops reading, and with it the vendor, when the signal fires or when the consumer leaves. */
export async function* readSse(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
  signal.throwIfAborted()
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const draft: Draft = { event: '', data: null }
  const stop = () => void reader.cancel(signal.reason).catch(() => {})
  signal.addEventListener('abort', stop, { once: true })
  let pending = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      signal.throwIfAborted()
      if (done) return
      const { lines, rest } = toLines(pending + decoder.decode(value, { stream: true }))
      pending = rest
      if (pending.length > LONGEST_PENDING) throw new EventTooLong('an event is longer than 16 MB')
      for (const line of lines) {
        const event = readLine(line, draft)
        if (!event) continue
        yield event
        // What one read brought may be many events; a caller who left wants none of them.
        signal.throwIfAborted()
      }
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    signal.removeEventListener('abort', stop)
    await reader.cancel().catch(() => {})
  }
}
