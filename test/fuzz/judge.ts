// What an answer may look like: as the description says, whatever was asked.
import { problemCodes, type ProblemCode } from '#shared/http/problems'
import type { Description, Json } from './description.ts'
import { isLanguage } from './plan.ts'
import type { Answered } from './send.ts'
import { asksToFail } from './stand-in.ts'

export interface Finding {
  what: string
  example: string
}

interface Said {
  code?: string
  message?: string
  param?: string | null
}

/** What a vendor's failure may become, and only where one was ordered. */
const ofTheVendor = new Set([502, 503, 504])
/** Of the connection, not of an operation. */
const ofTheProtocol: ProblemCode[] = ['method_not_allowed', 'origin_not_allowed', 'unsupported_media_type']
/** What a schema says of a value, which may well be undefined. */
const RECEIVED = /expected [\w ]+, received \w+/g
/** Words that a fault of ours would leave in a sentence. */
const LEAK = /\[object|undefined|NaN|TypeError|RangeError|SyntaxError|D1_ERROR|SQLITE|\bat \w+ \(|node_modules|workerd/

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function saidIn(value: unknown): Said {
  const body = (value ?? {}) as Json
  const error = body['error'] as Json | undefined
  if (error) return error as Said
  return { code: body['code'] as string, message: body['detail'] as string, param: body['param'] as string }
}

/** A list of models needs no model beside it, which a schema cannot say. */
function withModel(value: unknown, listed: string | undefined): unknown {
  const body = (value ?? {}) as Json
  const names = listed !== undefined || body['models'] !== undefined
  return typeof value === 'object' && names && (body['model'] ?? null) === null ? { ...body, model: 'listed' } : value
}

/** The body as JSON, and what the description thinks of it. Undefined where there is no JSON. */
function bodyOf({ asked }: Answered, { judgeOf }: Description): { value: unknown; right: boolean; fault?: string } {
  const { operation } = asked
  if (asked.body === null || !operation.body) return { value: undefined, right: true }
  if (asked.body === '' && !operation.body.required) return { value: undefined, right: true }
  const value = parse(asked.body)
  const judge = judgeOf(operation.body.schema)
  const whole = isLanguage(operation) ? withModel(value, asked.headers['x-riwaq-models']) : value
  const right = value !== undefined && judge(whole)
  return { value, right, ...(!right && value !== undefined && { fault: judge.errors?.[0]?.instancePath }) }
}

function* judgeStream({ asked, text, broken, left }: Answered): Generator<string> {
  if (left || broken) return
  const events = text.split('\n\n').filter((event) => event.trim() !== '' && !event.startsWith(':'))
  const data = events.map((event) => /^data: ?(.*)$/m.exec(event)?.[1] ?? '')
  const values = data.filter((each) => each !== '[DONE]').map(parse)
  if (values.includes(undefined)) yield 'an event that is not JSON'
  const failed = values.find((value) => {
    const { type, error } = (value ?? {}) as Json
    return (
      type === 'error' ||
      type === 'response.failed' ||
      (error !== undefined && error !== null && !('type' in (value as Json)))
    )
  })
  if (failed && !asksToFail(asked.body ?? '')) yield `a stream that failed — ${JSON.stringify(failed).slice(0, 200)}`
  if (failed) return
  const last = (values.at(-1) ?? {}) as Json
  const ended =
    data.at(-1) === '[DONE]' ||
    [
      'message_stop',
      'response.completed',
      'response.incomplete',
      'image_generation.completed',
      'image_edit.completed',
    ].includes(String(last['type']))
  if (!ended) yield 'a stream without an end'
}

function* judgeProblem(
  answered: Answered,
  description: Description,
  body: ReturnType<typeof bodyOf>,
): Generator<string> {
  const { asked, status, text, requestId } = answered
  const value = parse(text)
  const { code = '', message = '', param } = saidIn(value)
  const known = problemCodes[code as ProblemCode]
  // Better Auth has codes of its own.
  if (!known && !asked.operation.path.startsWith('/api/auth/'))
    return yield `an error without a code of ours — ${text.slice(0, 160)}`
  if (known && known.status !== status) yield `${code} with another status`
  if (!message) yield `${code} without a sentence`
  if (LEAK.test(message.replaceAll(RECEIVED, ''))) yield `${code} that shows what is inside — ${message.slice(0, 160)}`
  if (!/^req_[0-9a-z]{25}$/.test(requestId)) yield 'an error without a request id'
  const media = asked.operation.responses[String(status)]?.content
  const schema = media?.[answered.contentType]?.schema
  if (media && !(answered.contentType in media)) yield `an error of another kind of content: ${answered.contentType}`
  if (schema && !description.judgeOf(schema)(value)) yield `an error of another shape — ${text.slice(0, 160)}`
  const isObject = typeof body.value === 'object' && body.value !== null && !Array.isArray(body.value)
  if (code === 'invalid_request' && isObject && !body.right && !param && !/deep|JSON/.test(message))
    yield `a body at fault, and no param — ${message.slice(0, 120)}`
}

function* judgeSuccess(
  answered: Answered,
  description: Description,
  body: ReturnType<typeof bodyOf>,
): Generator<string> {
  const { asked, status, text, contentType, foreign } = answered
  if (!body.right) yield `a broken body was accepted — ${body.fault ?? 'no JSON'}`
  if (foreign && asked.caller !== 'throwaway') yield 'somebody else’s thing was answered for'
  if (contentType === 'text/event-stream') return yield* judgeStream(answered)
  const schema = asked.operation.responses[String(status)]?.content?.[contentType]?.schema
  if (!schema || answered.left) return
  const judge = description.judgeOf(schema)
  const value = parse(text)
  if (!judge(value))
    yield `an answer of another shape: ${judge.errors?.[0]?.instancePath} ${judge.errors?.[0]?.message}`
}

function* faultsOf(answered: Answered, description: Description): Generator<string> {
  const { asked, status, text, broken, left } = answered
  const { operation, body: sent } = asked
  const ordered = asksToFail(`${sent ?? ''}`)
  if (broken && !ordered) yield 'a connection that broke'
  if (status === null || (left && status < 400)) return
  const protocol = ofTheProtocol.includes((saidIn(parse(text)).code ?? '') as ProblemCode)
  if (status >= 500 && !(ordered && ofTheVendor.has(status))) yield `${status} — ${text.slice(0, 200)}`
  else if (!(String(status) in operation.responses) && !protocol)
    yield `${status}, which is not described — ${text.slice(0, 160)}`
  const body = bodyOf(answered, description)
  if (status >= 400) yield* judgeProblem(answered, description, body)
  else if (status >= 200 && status < 300) yield* judgeSuccess(answered, description, body)
}

const short = (text: string): string => text.replaceAll(/(.)\1{30,}/gs, '$1…').slice(0, 600)

/** What is after the dash is of this answer alone: the same fault of the same operation is told once. */
export function judge(answered: Answered, description: Description): Finding[] {
  const { asked, path, status } = answered
  const { method, path: described } = asked.operation
  return [...faultsOf(answered, description)].map((fault) => {
    const [what, detail] = fault.split(' — ')
    const sent = short(`${asked.caller}: ${method} ${path} ${JSON.stringify(asked.headers)} ${asked.body ?? ''}`)
    return { what: `${method} ${described}: ${what}`, example: `${sent} → ${status} ${short(detail ?? '')}` }
  })
}
