// Sends a call with the session of whoever is here, and tells everything that is to be seen of it as it happens.
import { isAbort, readProblem, toApiProblem, ApiProblem } from '../../api/api-problem.ts'
import { growAnswer, noAnswer, readAnswer } from './read-answer.ts'
import type { Answer } from './read-answer.ts'
import { createEventReader } from './sse-events.ts'
import type { Call } from './to-call.ts'

export interface Run {
  phase: 'sending' | 'answering' | 'done' | 'stopped' | 'failed'
  call: Call
  status: number | null
  headers: Record<string, string>
  answer: Answer
  /** The body as it came, up to a length that a page can show. */
  raw: string
  rawIsCut: boolean
  events: number
  /** Milliseconds until the first word, of a stream. */
  firstWordMs: number | null
  totalMs: number | null
  problem: ApiProblem | null
}

export interface RunInput {
  call: Call
  send: (path: string, init: RequestInit) => Promise<Response>
  /** Milliseconds. */
  now: () => number
  signal: AbortSignal
  onChange: (run: Run) => void
}

const MAX_RAW = 200_000

const began = (call: Call): Run => ({
  phase: 'sending',
  call,
  status: null,
  headers: {},
  answer: noAnswer,
  raw: '',
  rawIsCut: false,
  events: 0,
  firstWordMs: null,
  totalMs: null,
  problem: null,
})

const withRaw = (run: Run, piece: string): Run => ({
  ...run,
  raw: (run.raw + piece).slice(0, MAX_RAW),
  rawIsCut: run.rawIsCut || run.raw.length + piece.length > MAX_RAW,
})

const saysSomething = ({ text, reasoning, calls }: Answer): boolean =>
  text !== '' || reasoning !== '' || calls.length > 0

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Why a stream that had begun did not end well. */
function brokenOff({ answer, headers }: Run): ApiProblem | null {
  const { error } = answer
  if (!error) return null
  return new ApiProblem({ ...error, status: 0, requestId: headers['x-request-id'] ?? null })
}

async function readWhole(run: Run, response: Response): Promise<Run> {
  const text = await response.text()
  const body = parse(text)
  const read = withRaw(run, body === null ? text : JSON.stringify(body, null, 2))
  if (!response.ok) return { ...read, phase: 'failed', problem: readProblem(response, body) }
  const answer = readAnswer(run.call.api, body)
  return { ...read, phase: 'done', answer: { ...answer, error: null } }
}

async function readStream(run: Run, body: ReadableStream<Uint8Array>, onPiece: (run: Run) => Run): Promise<Run> {
  const read = createEventReader()
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let now = run
  for (;;) {
    const { done, value } = await reader.read()
    const piece = done ? decoder.decode() : decoder.decode(value, { stream: true })
    now = withRaw(now, piece)
    for (const { data } of read(piece)) {
      const answer = data === '[DONE]' ? now.answer : growAnswer(now.call.api, now.answer, parse(data))
      now = { ...now, answer, events: now.events + 1 }
    }
    now = onPiece(now)
    if (done) break
  }
  const problem = brokenOff(now)
  return { ...now, phase: problem ? 'failed' : 'done', problem }
}

/** Resolves when there is nothing more to come, with what there is: it never throws. */
export async function runCall({ call, send, now, signal, onChange }: RunInput): Promise<Run> {
  const start = now()
  let run = began(call)
  const tell = (next: Run): Run => {
    run = next
    onChange(next)
    return next
  }
  tell(run)
  try {
    const response = await send(call.path, {
      method: 'POST',
      credentials: 'same-origin',
      signal,
      headers: { 'content-type': 'application/json', ...call.headers },
      body: JSON.stringify(call.body),
    })
    tell({ ...run, phase: 'answering', status: response.status, headers: Object.fromEntries(response.headers) })
    const streams = response.headers.get('content-type')?.includes('event-stream') === true && response.body
    const ended = streams
      ? await readStream(run, streams, (next) =>
          tell({
            ...next,
            firstWordMs: next.firstWordMs ?? (saysSomething(next.answer) ? Math.round(now() - start) : null),
          }),
        )
      : await readWhole(run, response)
    return tell({ ...ended, totalMs: Math.round(now() - start) })
  } catch (error) {
    const totalMs = Math.round(now() - start)
    if (isAbort(error) || signal.aborted) return tell({ ...run, phase: 'stopped', totalMs })
    const problem =
      error instanceof TypeError
        ? new ApiProblem({ code: 'network', status: 0, message: error.message, requestId: null })
        : toApiProblem(error)
    return tell({ ...run, phase: 'failed', totalMs, problem })
  }
}
