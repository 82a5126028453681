// The log of an organization's requests, where its policy wants one: a row for each that is sampled, and beside it
// what was said, where that is to be kept. Written after the caller was answered.
import type { OrganizationPolicy } from '#shared/contracts/policy'
import type { Clock } from '#shared/lib/clock'
import { createByteCollector } from '../byte-collector.ts'
import type { LoggedOutcome, LoggedRequest, RequestLog } from '../hooks.ts'
import type { RequestContents } from './contents.ts'
import { isSampled } from './is-sampled.ts'
import { toKeptContent } from './kept-content.ts'
import type { RequestLogIndex, RequestLogRow } from './repository.ts'

const DAY_MS = 86_400_000
const MAX_NAME = 200
/** An answer longer than this is not kept; it is logged. */
const MAX_ANSWER_BYTES = 1_048_576

export interface RequestLogParts {
  index: Pick<RequestLogIndex, 'add'>
  contents: Pick<RequestContents, 'keep'>
  clock: Clock
}

function toRow(
  { organizationId, requestId, payerId, path, asked, streams, snapshot }: LoggedRequest,
  outcome: LoggedOutcome,
  { at, userId, content }: { at: number; userId: string | null; content: OrganizationPolicy['request_log']['content'] },
): RequestLogRow {
  const { status, code, model, provider, ending, attempts, cache, replayed, usage, estimated } = outcome
  const { amountMicros: costMicros, firstByteMs, ms: totalMs, findings } = outcome
  return {
    id: requestId,
    organizationId,
    at,
    keyId: payerId.startsWith('key_') ? payerId : null,
    userId,
    path,
    // The caller's own word for it, as long as a name can be.
    asked: asked.slice(0, MAX_NAME),
    model,
    provider,
    status,
    code,
    ending,
    streams,
    attempts,
    cache,
    replayed,
    usage: { ...usage },
    costMicros,
    estimated,
    firstByteMs,
    totalMs,
    findings,
    content,
    expiresAt: at + snapshot.policy.request_log.retention_days * DAY_MS,
  }
}

export const createRequestLog =
  ({ index, contents, clock }: RequestLogParts): RequestLog =>
  (request) => {
    const { organizationId, requestId, payerId, snapshot, body, streams } = request
    const { zero_retention: keepsNothing, request_log: policy } = snapshot.policy
    if (keepsNothing || !isSampled(requestId, policy.sample_percent)) return null
    const at = clock()
    const wanted = policy.content
    const collector = wanted === 'none' ? null : createByteCollector(MAX_ANSWER_BYTES)
    let answered = false

    function contentOf() {
      const bytes = collector?.whole()
      const answer = !answered ? 'none' : bytes ? { bytes } : 'too-long'
      return toKeptContent({ body, answer, streams, redacted: wanted === 'redacted' })
    }

    return {
      ...(collector && {
        record(bytes: Uint8Array) {
          answered = true
          collector.add(bytes)
        },
      }),
      async end(outcome) {
        const userId = outcome.userId ?? (payerId.startsWith('usr_') ? payerId : null)
        // What a member said goes with that member, so nothing is kept of somebody who is not known.
        const content = userId === null ? 'none' : wanted
        // The row first: an object without one would never be found again.
        await index.add(toRow(request, outcome, { at, userId, content }))
        if (content !== 'none') await contents.keep({ organizationId, id: requestId, content: contentOf() })
      },
    }
  }
