// What is kept of what was said: without pictures and sound, no longer than is read, and redacted where it is to be.
import { redactJson } from '#shared/guardrails/redact'
import { assembleStream } from './assemble-stream.ts'

/** Characters of the request and of the answer. Longer ones are kept as the beginning of their JSON. */
export const MAX_KEPT = 262_144

export interface KeptContent {
  request: unknown
  answer: unknown
  truncated: boolean
}

const LONG = 1_024
const BASE64 = /^[A-Za-z0-9+/_-]+=*$/
const DATA_URL = /^data:([\w.+-]+\/[\w.+-]+)?[^,]{0,100};base64,/

/** Pictures, sounds and files travel as text; a log has no use for them. */
function withoutData(value: unknown): unknown {
  if (typeof value === 'string') {
    if (value.length < LONG) return value
    const [, type] = DATA_URL.exec(value.slice(0, 256)) ?? []
    if (type !== undefined || value.startsWith('data:')) return `[${type ?? 'data'}, ${value.length} characters]`
    return BASE64.test(value.slice(0, LONG)) ? `[data, ${value.length} characters]` : value
  }
  if (Array.isArray(value)) return value.map(withoutData)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, withoutData(field)]))
}

interface Kept {
  value: unknown
  truncated: boolean
}

function keep(value: unknown, redacted: boolean): Kept {
  const whole = JSON.stringify(withoutData(value)) ?? 'null'
  const truncated = whole.length > MAX_KEPT
  const text = truncated ? whole.slice(0, MAX_KEPT) : whole
  const shown = redacted ? redactJson(text) : text
  return { value: truncated ? shown : (JSON.parse(shown) as unknown), truncated }
}

function readAnswer(text: string, streams: boolean): unknown {
  if (streams) return assembleStream(text)
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

export function toKeptContent({
  body,
  answer,
  streams,
  redacted,
}: {
  body: unknown
  /** What was sent; null: nothing, or too much. */
  answer: { bytes: Uint8Array } | 'none' | 'too-long'
  streams: boolean
  redacted: boolean
}): KeptContent {
  const request = keep(body, redacted)
  const said =
    typeof answer === 'string'
      ? { value: null, truncated: answer === 'too-long' }
      : keep(readAnswer(new TextDecoder().decode(answer.bytes), streams), redacted)
  return { request: request.value, answer: said.value, truncated: request.truncated || said.truncated }
}
