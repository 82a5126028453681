// Fetches what a stranger named: an address outside of every private network, wherever it redirects to, of a size,
// in a time and of a kind that were said before. Names are judged here and addresses are not: what a public name
// resolves to is the network's to refuse (on Cloudflare no private one is reachable from a Worker).
import { systemTimers, type Timers } from '../metering/timers.ts'
import { checkPublicUrl } from './public-url.ts'
import { sniffMediaType, type SniffedMediaType } from './sniff-media-type.ts'

export interface SafeFetchInput {
  url: string
  /** Of the body as it is read, whatever it was packed into. */
  maxBytes: number
  /** For all of it, redirects and the last byte included. */
  timeoutMs: number
  /** What the bytes may be; what the sender calls them does not matter. */
  accept: readonly SniffedMediaType[]
  /** The caller's own: whoever leaves needs no file. */
  signal?: AbortSignal
  fetch?: typeof fetch
  timers?: Pick<Timers, 'after'>
  /** The platform runs on somebody's machine, whose own addresses may be fetched too. */
  local?: boolean
}

/**
 * not-public: it, or where it redirects to, is not an address of the public internet. refused: an answer that is not
 * 2xx. unreachable: no answer, or one that broke off.
 */
export type SafeFetchFault =
  | 'not-public'
  | 'too-many-redirects'
  | 'unreachable'
  | 'refused'
  | 'too-large'
  | 'too-slow'
  | 'wrong-type'

export type SafeFetchOutcome =
  | { ok: true; bytes: Uint8Array<ArrayBuffer>; mediaType: SniffedMediaType }
  | { ok: false; fault: SafeFetchFault; status?: number }

const MAX_REDIRECTS = 3
const redirects = new Set([301, 302, 303, 307, 308])

class Fault extends Error {
  readonly fault: SafeFetchFault
  readonly status: number | undefined

  constructor(fault: SafeFetchFault, status?: number) {
    super(fault)
    this.fault = fault
    this.status = status
  }
}

/** A body that nobody reads keeps its connection. */
const discard = (response: Response): void => void response.body?.cancel().catch(() => undefined)

interface Errand extends Required<Pick<SafeFetchInput, 'fetch' | 'local' | 'maxBytes'>> {
  /** Rejects when time is up or the caller has left, also where the fetch itself does not listen. */
  stop: Promise<never>
  init: RequestInit
}

async function follow(first: string, { fetch: send, local, init, stop }: Errand): Promise<Response> {
  let address = first
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const checked = checkPublicUrl(address, { local })
    if (!checked.ok) throw new Fault('not-public')
    const response = await Promise.race([send(checked.url.href, init), stop])
    if (!redirects.has(response.status)) return response
    discard(response)
    const location = response.headers.get('location')
    if (location === null) throw new Fault('refused', response.status)
    address = URL.canParse(location, checked.url.href) ? new URL(location, checked.url).href : ''
  }
  throw new Fault('too-many-redirects')
}

function join(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** `content-length` may be missing or a lie, and packed bytes grow when they are unpacked: only the count counts. */
async function readAtMost(response: Response, { maxBytes, stop }: Errand): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader()
  if (!reader) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), stop])
      if (done) return join(chunks, length)
      length += value.length
      if (length > maxBytes) throw new Fault('too-large')
      chunks.push(value)
    }
  } finally {
    void reader.cancel().catch(() => undefined)
  }
}

async function bring(input: SafeFetchInput, errand: Errand): Promise<SafeFetchOutcome> {
  const response = await follow(input.url, errand)
  if (!response.ok) {
    discard(response)
    throw new Fault('refused', response.status)
  }
  if (Number(response.headers.get('content-length') ?? 0) > input.maxBytes) {
    discard(response)
    throw new Fault('too-large')
  }
  const bytes = await readAtMost(response, errand)
  const mediaType = sniffMediaType(bytes)
  if (mediaType === null || !input.accept.includes(mediaType)) throw new Fault('wrong-type')
  return { ok: true, bytes, mediaType }
}

/** Throws only where the caller's own signal has fired. */
export async function safeFetch(input: SafeFetchInput): Promise<SafeFetchOutcome> {
  const { signal, timeoutMs, maxBytes, accept, timers = systemTimers, local = false } = input
  signal?.throwIfAborted()
  const controller = new AbortController()
  const stopped = Promise.withResolvers<never>()
  stopped.promise.catch(() => undefined)
  const stop = (reason: unknown) => {
    controller.abort(reason)
    stopped.reject(reason)
  }
  const leave = () => stop(signal?.reason)
  signal?.addEventListener('abort', leave, { once: true })
  const cancel = timers.after(timeoutMs, () => stop(new Fault('too-slow')))
  const headers = { accept: accept.join(', '), 'accept-encoding': 'identity', 'user-agent': 'Riwaq' }
  try {
    return await bring(input, {
      fetch: input.fetch ?? ((url, init) => fetch(url, init)),
      local,
      maxBytes,
      stop: stopped.promise,
      init: { redirect: 'manual', headers, signal: controller.signal },
    })
  } catch (error) {
    signal?.throwIfAborted()
    const reason: unknown = controller.signal.aborted ? controller.signal.reason : error
    if (!(reason instanceof Fault)) return { ok: false, fault: 'unreachable' }
    return { ok: false, fault: reason.fault, ...(reason.status !== undefined && { status: reason.status }) }
  } finally {
    cancel()
    signal?.removeEventListener('abort', leave)
    controller.abort()
  }
}
