// Bodies and queries against their contract. The first fault is named by its path, as the caller wrote it.
import type { z } from 'zod'
import { parseJson } from './parse-json.ts'
import { Problem } from './problems.ts'

const pathOf = (issue: z.core.$ZodIssue): string =>
  issue.path
    .map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? String(step) : `.${String(step)}`))
    .join('')

/** Of the shapes that a value could have had, the one that it came closest to says what is wrong. */
function closest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const candidates = issue.errors.flatMap(([first]) => (first ? [closest(first)] : []))
  const best = candidates.toSorted((a, b) => b.path.length - a.path.length)[0]
  return best && best.path.length > 0 ? { ...best, path: [...issue.path, ...best.path] } : issue
}

export function parseWith<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = closest(result.error.issues[0]!)
  const param =
    issue.code === 'unrecognized_keys'
      ? [pathOf(issue), ...issue.keys.slice(0, 1)].filter(Boolean).join('.')
      : pathOf(issue)
  throw new Problem('invalid_request', param ? `${param}: ${issue.message}` : issue.message, param ? { param } : {})
}

/** Reads a JSON body of at most `maxBytes`, whatever its headers claim. */
export async function readJson(request: Request, { maxBytes = 1_048_576 } = {}): Promise<unknown> {
  return parseJson(await readText(request, maxBytes))
}

/** A body of at most `maxBytes`, whatever its headers claim. */
export async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () =>
    new Problem('payload_too_large', `The body is larger than ${maxBytes} bytes.`, { facts: { max_bytes: maxBytes } })
  const declared = Number(request.headers.get('content-length') ?? 0)
  if (declared > maxBytes) throw tooLarge()
  if (declared > 0) {
    const text = await request.text()
    // A body sent in chunks may be longer than a length that is sent beside it.
    if (text.length > maxBytes) throw tooLarge()
    return text
  }
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge()
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

export async function parseBody<T>(
  request: Request,
  schema: z.ZodType<T>,
  options: { maxBytes?: number } = {},
): Promise<T> {
  return parseWith(schema, await readJson(request, options))
}
