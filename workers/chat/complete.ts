// One metered answer as a stream of events: for everything inside the house that asks a model (conversations,
// titles, summaries) and for callers whose dialect the vendor does not speak.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import type { CatalogModel } from '#shared/contracts/model'
import type { Scope } from '#shared/contracts/permissions'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import type { Charge } from '#shared/metering/charge'
import type { CallSize } from '#shared/metering/hold'
import { isRefusal, openMeteredCall, type MeterContext, type Settled } from '#shared/metering/metered-call'
import { meteredEvents } from '#shared/metering/metered-events'
import type { LanguageEvent, LanguageRequest, Warning } from '#shared/providers/spec/language-model'
import type { PolicySnapshot } from '#shared/contracts/policy'
import {
  attemptsContextOf,
  examine,
  guardOf,
  registryOf,
  restingUnder,
  type RoutingContext,
} from './generate-context.ts'
import { openStream } from './open-stream.ts'
import { pickReady, type PreparedAnswer } from './prepare-answer.ts'
import { checkAbilities, sizeOf } from './prepare-call.ts'
import { runAttempts } from './routing/attempts.ts'
import { planCandidates, type Candidate } from './routing/plan.ts'
import { underPolicy } from '#shared/policy/under-policy'
import { vendorIsResting } from './routing/verdict.ts'

export interface CompleteInput {
  /** Names the hold and the charge. */
  requestId: string
  /** `vendor/name`, or a bare name that one vendor has. */
  model: string
  request: LanguageRequest
  service: 'chat' | 'images'
  /** What an API key needs to be allowed; `chat` where it is not said. */
  scope?: Scope
  purpose?: 'answer' | 'title' | 'summary' | 'writing'
  /** Handed over at its end or not at all: whoever reads the events says which, by `handOver` or `giveUp`. */
  whole?: true
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
  /** Of a whole answer: it is charged. */
  handOver(): Charge | null
  /** Of a whole answer: nothing is. */
  giveUp(): void
}

interface Prepared extends Pick<PreparedAnswer, 'guard' | 'request'> {
  first: CompleteTarget
  rest: readonly Candidate[]
  ready: (candidate: Candidate) => CompleteTarget
}

interface CompleteTarget extends Candidate {
  size: CallSize
}

async function prepare(input: CompleteInput, snapshot: PolicySnapshot, ctx: CompleteContext): Promise<Prepared> {
  const { candidates } = planCandidates({
    asked: input.model,
    choice: null,
    policy: snapshot.policy,
    platformRoutes: ctx.platformRoutes,
    models: await registryOf(snapshot, ctx),
    random: ctx.random,
  })
  const guard = guardOf(input.requestId, snapshot, ctx)
  const request = guard ? guard.screen(input.request) : input.request
  const restsForMs = restingUnder(ctx)
  const ready = (candidate: Candidate): CompleteTarget => {
    const { model, language } = candidate
    if (restsForMs(model) > 0) throw vendorIsResting(model.vendor, restsForMs(model))
    checkAbilities(model, request)
    return { model, language, size: sizeOf({ model, request }) }
  }
  return { guard, request, ready, ...pickReady(candidates, ready) }
}

export async function complete({ input, ctx }: { input: CompleteInput; ctx: CompleteContext }): Promise<Completion> {
  const { requestId, scope = 'chat', service } = input
  const { prepared, outcome: call } = await underPolicy({
    ctx,
    prepare: (snapshot) => prepare(input, snapshot, ctx),
    admit: ({ first: { model, size } }, { version }) =>
      openMeteredCall({ call: { requestId, model, scope, service, size, policyVersion: version }, ctx }),
  })
  if (isRefusal(call)) throw toAdmissionProblem(call)
  await examine(call, prepared)
  const { first, rest, ready, request, guard } = prepared
  const stream = await runAttempts({
    call,
    first,
    rest,
    ready,
    run: ({ language }) => openStream({ call, language, request, guard }),
    ctx: attemptsContextOf(ctx),
  })
  return {
    events: meteredEvents({ call, events: stream.events, estimateText: estimateTextTokens, whole: input.whole }),
    warnings: stream.warnings,
    model: call.model,
    maxOutputTokens: call.maxOutputTokens,
    shortened: call.shortened,
    settled: call.settled,
    handOver: () => call.end('complete'),
    giveUp: () => {
      call.forget()
      call.end('failed')
    },
  }
}
