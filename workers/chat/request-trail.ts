// What the request log is told of one call: put together as the pipeline learns it, told once, after the caller was
// answered and the charge is known.
import { isProblem, type ProblemCode } from '#shared/http/problems'
import { toProblem } from '#shared/http/render-problem'
import type { PolicySnapshot } from '#shared/contracts/policy'
import type { Charge, Ending } from '#shared/metering/charge'
import type { MeteredCall } from '#shared/metering/metered-call'
import type { RecorderFor } from './answer-recorders.ts'
import type { GenerateContext } from './generate-context.ts'
import type { Guard } from '#shared/guardrails/guard-types'
import type { LoggedOutcome, LoggedRequest, RequestRecord } from './hooks.ts'

export interface Trail {
  /** The caller is who they say: from here on there is something to log. */
  begin(snapshot: PolicySnapshot): void
  follow(call: MeteredCall, guard: Pick<Guard, 'findings'> | null): void
  hit(): void
  replayed(response: Response): Response
  answered(response: Response): void
  failed(error: unknown): void
  recorder: RecorderFor
}

/** Refusals that say that nobody knows who asked, or that nobody could be asked. */
const unattributed = new Set<ProblemCode>([
  'invalid_api_key',
  'unauthenticated',
  'service_unavailable',
  'internal_error',
])

/** Most organizations keep no log, and their calls leave no trail. */
export const isLogged = ({ policy }: PolicySnapshot): boolean =>
  policy.request_log.sample_percent > 0 && !policy.zero_retention

type Told = Pick<LoggedOutcome, 'status' | 'code' | 'firstByteMs'>
type Ended = { charge: Charge | null; ending: Ending }

/** What is known of a request before anything was decided about it. */
export type TrailBegin = Omit<LoggedRequest, 'organizationId' | 'payerId' | 'snapshot'>

export function createTrail(request: TrailBegin, ctx: GenerateContext, startedAt = ctx.clock()): Trail {
  const { clock, organizationId, payerId, policies, logger } = ctx
  const told = Promise.withResolvers<Told>()
  let record: RequestRecord | null = null
  let call: MeteredCall | null = null
  let guard: Pick<Guard, 'findings'> | null = null
  let cache: 'hit' | 'miss' | null = null
  let replayed = false

  function begin(snapshot: PolicySnapshot) {
    record = ctx.requestLog?.({ ...request, organizationId, payerId, snapshot }) ?? null
  }

  async function end(ended: Ended | null): Promise<void> {
    const outcome = await told.promise
    const attempts = call?.attempts ?? 0
    await record
      ?.end({
        ...outcome,
        userId: call?.userId ?? null,
        model: call?.model.id ?? null,
        provider: attempts > 0 ? (call?.model.vendor ?? null) : null,
        attempts,
        cache,
        replayed,
        ending: ended?.ending ?? null,
        usage: ended?.charge?.usage ?? {},
        amountMicros: ended?.charge?.amountMicros ?? 0,
        estimated: ended?.charge?.estimated ?? false,
        ms: clock() - startedAt,
        findings: guard?.findings() ?? [],
      })
      .catch((error: unknown) =>
        logger?.warn('request-not-logged', { cause: error instanceof Error ? error.message : String(error) }),
      )
  }

  const elapsed = () => clock() - startedAt
  return {
    begin,
    follow(followed, rules) {
      call = followed
      guard = rules
      if (record) followed.onEnd((charge, ending) => end({ charge, ending }))
    },
    hit: () => void (cache = 'hit'),
    replayed(response) {
      replayed = true
      told.resolve({ status: response.status, code: null, firstByteMs: elapsed() })
      if (record) ctx.waitUntil(end(null))
      return response
    },
    answered(response) {
      cache ??= response.headers.get('x-riwaq-cache') === 'miss' ? 'miss' : null
      told.resolve({ status: response.status, code: null, firstByteMs: elapsed() })
    },
    failed(error) {
      const { status, code } = toProblem(error)
      told.resolve({ status, code, firstByteMs: null })
      if (call || (isProblem(error) && unattributed.has(error.code)) || !isProblem(error)) return
      if (!record) begin(policies.of(organizationId))
      if (record) ctx.waitUntil(end(null))
    },
    recorder: () => record?.record?.bind(record),
  }
}
