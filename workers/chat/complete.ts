// One metered answer as a stream of events: for everything inside the house that asks a model (conversations,
// titles, summaries) and for callers whose dialect the vendor does not speak.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import type { CatalogModel } from '#shared/contracts/model'
import type { Scope } from '#shared/contracts/permissions'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import { isRefusal, openMeteredCall, type MeterContext, type Settled } from '#shared/metering/metered-call'
import { meteredEvents } from '#shared/metering/metered-events'
import type { LanguageEvent, LanguageRequest, Warning } from '#shared/providers/spec/language-model'
import type { PolicySnapshot } from '#shared/contracts/policy'
import { guardOf, registryOf, type RoutingContext } from './generate.ts'
import { openStream } from './open-stream.ts'
import { checkAbilities, sizeOf } from './prepare-call.ts'
import { planCandidates } from './routing/plan.ts'
import { underPolicy } from './routing/under-policy.ts'

export interface CompleteInput {
  /** Names the hold and the charge. */
  requestId: string
  /** `vendor/name`, or a bare name that one vendor has. */
  model: string
  request: LanguageRequest
  service: 'chat'
  /** What an API key needs to be allowed; `chat` where it is not said. */
  scope?: Scope
  purpose?: 'answer' | 'title' | 'summary'
}

/** `signal` fires when the caller goes away or says stop; what was passed on until then is charged. */
export interface CompleteContext extends MeterContext, RoutingContext {
  ledger: MeterContext['ledger'] & RoutingContext['ledger']
}

export interface Completion {
  /** Throws a Problem where the provider breaks off. Ends with `finish` where the answer is complete. */
  events: AsyncIterable<LanguageEvent>
  warnings: Warning[]
  model: CatalogModel
  /** The most that this answer may be long; `shortened` where the credit, not the caller, decided. */
  maxOutputTokens: number
  shortened: boolean
  settled: Promise<Settled>
}

async function prepare(
  { model: asked, request, requestId }: CompleteInput,
  snapshot: PolicySnapshot,
  ctx: CompleteContext,
) {
  const { candidates } = planCandidates({
    asked,
    choice: null,
    policy: snapshot.policy,
    platformRoutes: ctx.platformRoutes,
    models: await registryOf(snapshot, ctx),
    random: ctx.random,
  })
  const [{ model, language }] = candidates
  const guard = guardOf(requestId, snapshot, ctx)
  const screened = guard ? guard.screen(request) : request
  checkAbilities(model, screened)
  return { model, language, request: screened, size: sizeOf({ model, request: screened }) }
}

export async function complete({ input, ctx }: { input: CompleteInput; ctx: CompleteContext }): Promise<Completion> {
  const { requestId, scope = 'chat', service } = input
  const { prepared, outcome: call } = await underPolicy({
    ctx,
    prepare: (snapshot) => prepare(input, snapshot, ctx),
    admit: ({ model, size }, { version }) =>
      openMeteredCall({ call: { requestId, model, scope, service, size, policyVersion: version }, ctx }),
  })
  if (isRefusal(call)) throw toAdmissionProblem(call)
  const { model, language, request } = prepared
  const stream = await openStream({ call, language, request })
  return {
    events: meteredEvents({ call, events: stream.events, estimateText: estimateTextTokens }),
    warnings: stream.warnings,
    model,
    maxOutputTokens: call.maxOutputTokens,
    shortened: call.shortened,
    settled: call.settled,
  }
}
