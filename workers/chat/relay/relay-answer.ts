// One attempt at a vendor who speaks the caller's own dialect: the body goes there with the least edits, the answer
// comes back as it is. Throws where there is nothing to pass on; whoever asked decides what then.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import { Problem } from '#shared/http/problems'
import type { Clock } from '#shared/lib/clock'
import type { MeteredCall } from '#shared/metering/metered-call'
import { toProviderCut } from '#shared/metering/provider-cut'
import { untilStopped } from '#shared/metering/until-stopped'
import type { NativeEndpoint } from '#shared/providers/spec/language-model'
import type { AnswerHeaders } from '../answer-headers.ts'
import type { ChatDialect, KeepAnswer, RelayEditor } from '../dialects/dialect.ts'
import { parseRecord } from '../dialects/loose.ts'
import { toBytes } from '../dialects/server-sent-events.ts'
import { namespaceBody } from '../namespace-end-user.ts'
import { identityOf } from '../translate-answer.ts'
import { firstEventFailure } from './first-event-failure.ts'
import { relayStream } from './relay-stream.ts'

export interface RelayInput<Body> {
  call: MeteredCall
  organizationId: string
  native: NativeEndpoint
  dialect: ChatDialect<Body>
  body: Body
  headers: AnswerHeaders
  errorEvent: (problem: Problem) => string
  /** Something that sees what is sent, where it must be kept. */
  recorderFor: (headers: Record<string, string>) => ((bytes: Uint8Array) => void) | undefined
  vendorHeaders?: Record<string, string>
  keep?: KeepAnswer | null
  clock: Clock
  /** Another than the model that was named may answer: the answer says which did. */
  routed: boolean
  /** The model counts at its end what nobody has seen: reasoning that it does not show. */
  countsUnseen: boolean
}

const unreadable = (what: string) =>
  new Problem(
    'provider_error',
    'The model’s provider answered with something that is not an answer. Nothing was charged.',
    { internal: what },
  )

async function send<Body>({
  call,
  native,
  dialect,
  body,
  vendorHeaders,
  organizationId,
}: RelayInput<Body>): Promise<Response> {
  const asked = dialect.toVendorBody({
    body,
    upstream: call.model.upstream,
    maxOutputTokens: call.maxOutputTokens,
  })
  const vendorBody = await namespaceBody(asked, organizationId, dialect.name)
  call.sent()
  return untilStopped(call, native.send(vendorBody, { signal: call.signal, headers: vendorHeaders }))
}

const editorOf = <Body>(input: RelayInput<Body>): RelayEditor | undefined =>
  input.dialect.createRelayEditor?.(identityOf(input), input.body, input.keep ?? null)

async function relayWhole<Body>(input: RelayInput<Body>, response: Response): Promise<Response> {
  const { call, dialect, headers, recorderFor } = input
  const text = await untilStopped(call, response.text())
  const answer = parseRecord(text)
  if (!answer || answer['error']) throw unreadable(answer ? 'an error with status 200' : 'not JSON')
  const { usage, written } = dialect.readWhole(answer)
  call.tallyWith(() => ({
    usage,
    promptUsage: null,
    outputTokens: usage ? 0 : estimateTextTokens(written()),
    delivered: true,
    begun: true,
  }))
  const editor = editorOf(input)
  const told = editor ? JSON.stringify(await editor.whole(answer)) : text
  recorderFor(headers.with({}))?.(toBytes(told))
  const charge = call.end('complete')
  return new Response(told, { headers: headers.with({ costMicros: charge?.amountMicros ?? 0 }) })
}

export async function relayAnswer<Body>(input: RelayInput<Body>): Promise<Response> {
  const { call, dialect, body, headers, errorEvent, recorderFor } = input
  try {
    const response = await send(input)
    if (!dialect.streams(body)) return await relayWhole(input, response)
    if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream'))
      throw unreadable('not a stream')
    const chunks = response.body.getReader()
    // Until the first byte a provider's failure still has a status of its own.
    const first = await untilStopped(call, chunks.read())
    if (first.done) throw unreadable('an empty stream')
    const failure = firstEventFailure(first.value)
    if (failure) throw failure
    const sent = headers.with({})
    const stream = relayStream({
      call,
      chunks,
      first: first.value,
      reader: dialect.createStreamReader(),
      editor: editorOf(input),
      hideUsage: dialect.hidesUsageEvent(body),
      errorEvent,
      record: recorderFor(sent),
      countsUnseen: input.countsUnseen,
    })
    return new Response(stream, { headers: sent })
  } catch (error) {
    throw call.stopped() ?? toProviderCut(error)
  }
}
