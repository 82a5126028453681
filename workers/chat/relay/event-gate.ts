// Passes a vendor's bytes on in whole events: what is complete goes at once, the beginning of an event waits for
// its end. So a stream that breaks off never leaves half an event before the one that says so, and the
// usage event that we asked for can be kept from a caller who did not.
import { isRecord, parseRecord } from '../dialects/loose.ts'

const LF = 10
const CR = 13
const QUOTE = 34
const BRACE = 123
const COLON = 58
const SPACE = 32
const LETTER_U = 117

/** An event this long is passed on in pieces, so that a vendor without line breaks cannot fill the memory. */
const MAX_EVENT_BYTES = 1_048_576

/** The index after the last blank line; 0 where there is none. */
export function endOfLastEvent(bytes: Uint8Array): number {
  for (let at = bytes.length - 1; at > 0; at--) {
    if (bytes[at] !== LF) continue
    if (bytes[at - 1] === LF || (bytes[at - 1] === CR && bytes[at - 2] === LF)) return at + 1
  }
  return 0
}

export function joinBytes(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length)
  joined.set(left)
  joined.set(right, left.length)
  return joined
}

/** Looks for `"usage": {` without decoding: it is asked for every chunk. */
export function hasUsageObject(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(LETTER_U, 1); at > 0; at = bytes.indexOf(LETTER_U, at + 1)) {
    // "usage" = 22 75 73 61 67 65 22
    if (
      bytes[at + 1] !== 115 ||
      bytes[at + 2] !== 97 ||
      bytes[at + 3] !== 103 ||
      bytes[at + 4] !== 101 ||
      bytes[at + 5] !== QUOTE ||
      bytes[at - 1] !== QUOTE
    )
      continue
    let next = at + 6
    while (bytes[next] === SPACE || bytes[next] === COLON) next++
    if (bytes[next] === BRACE) return true
  }
  return false
}

export const EVENT_END = /\r?\n\r?\n/

/** The data of one event, or null for a comment. */
export function dataOf(event: string): string | null {
  let data: string | null = null
  for (const line of event.split('\n')) {
    if (!line.startsWith('data:')) continue
    const value = line.slice(line[5] === ' ' ? 6 : 5)
    data = data === null ? value : `${data}\n${value}`
  }
  return data === null ? null : data.trimEnd()
}

function isUsageOnly(event: string): boolean {
  const body = parseRecord(dataOf(event) ?? '')
  return body !== null && isRecord(body['usage']) && Array.isArray(body['choices']) && body['choices'].length === 0
}

const decoder = new TextDecoder()
const encoder = new TextEncoder()

function withoutUsageEvents(bytes: Uint8Array): Uint8Array {
  const events = decoder.decode(bytes).split(EVENT_END)
  const kept = events.filter((event) => event !== '' && !isUsageOnly(event))
  return encoder.encode(kept.map((event) => `${event}\n\n`).join(''))
}

export interface EventGate {
  /** What may go on now; `whole` is what was read, `passed` what the caller is to see of it. Null: nothing yet. */
  take(chunk: Uint8Array): { whole: Uint8Array; passed: Uint8Array } | null
  /** The beginning of an event whose end never came. */
  rest(): Uint8Array | null
}

export function createEventGate({ hideUsage }: { hideUsage: boolean }): EventGate {
  let waiting: Uint8Array | null = null
  return {
    take(chunk) {
      const bytes = waiting ? joinBytes(waiting, chunk) : chunk
      const end = bytes.length > MAX_EVENT_BYTES ? bytes.length : endOfLastEvent(bytes)
      waiting = end === bytes.length ? null : bytes.subarray(end)
      if (end === 0) return null
      const whole = end === bytes.length ? bytes : bytes.subarray(0, end)
      return { whole, passed: hideUsage && hasUsageObject(whole) ? withoutUsageEvents(whole) : whole }
    },
    rest: () => waiting,
  }
}
