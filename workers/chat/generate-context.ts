// What a paid answer needs from outside, and what is asked of it the same way by every kind of call.
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { ModelRoute, PolicySnapshot } from '#shared/contracts/policy'
import type { MeterContext, MeteredCall, PricedModel } from '#shared/metering/metered-call'
import { systemTimers } from '#shared/metering/timers'
import { untilStopped } from '#shared/metering/until-stopped'
import type { LanguageModels } from '#shared/providers/language-models'
import { isOwn } from '#shared/providers/own-keys'
import type { AnswerCache } from './cache/answer-cache.ts'
import type { Guardrails } from '#shared/guardrails/guard-types'
import type { RequestLog } from './hooks.ts'
import type { KeptAnswers } from './idempotency/kept-answers.ts'
import type { OwnRegistries } from './own-keys/own-models.ts'
import type { StoredResponses } from './responses/stored-responses.ts'
import type { AttemptsContext } from './routing/attempts.ts'
import type { Circuits } from './routing/circuits.ts'
import type { PolicyContext } from '#shared/policy/under-policy'

/** What deciding who may answer needs. */
export interface RoutingContext extends PolicyContext {
  models: LanguageModels
  /** What an organization that brings vendors' keys of its own can call; absent: nobody can bring any. */
  ownModels?: (snapshot: PolicySnapshot) => Promise<OwnRegistries>
  platformRoutes: ReadonlyMap<string, ModelRoute>
  random: () => number
  circuits: Circuits
  guardrails?: Guardrails
}

export interface GenerateContext extends MeterContext, RoutingContext {
  ledger: MeterContext['ledger'] & Pick<LedgerRpc, 'awaitSettlement' | 'policy'>
  answers: KeptAnswers
  /** The key's or member's id. */
  payerId: string
  requestLog?: RequestLog
  responses: StoredResponses
  /** Answers for equal requests; absent: none are kept. */
  cache?: AnswerCache
  /** What an answer from there costs, of what the original cost; absent: nothing. */
  hitPricePercent?: number
  /** What every answer of this entrance says, where this Worker is its own. */
  standing?: Readonly<Record<string, string>>
}

/** Null where the organization brings no key of its own, as most do: the platform's registries are theirs. */
export const ownRegistriesOf = (snapshot: PolicySnapshot, { ownModels }: Pick<RoutingContext, 'ownModels'>) =>
  snapshot.providerKeys.length > 0 && ownModels ? ownModels(snapshot) : null

/** What an organization can call under this policy, mostly without a wait. */
export const registryOf = (snapshot: PolicySnapshot, ctx: Pick<RoutingContext, 'models' | 'ownModels'>) =>
  ownRegistriesOf(snapshot, ctx)?.then(({ language }) => language) ?? ctx.models

export const guardOf = (requestId: string, snapshot: PolicySnapshot, ctx: RoutingContext & MeterContext) => {
  const { guardrails, organizationId } = ctx
  if (snapshot.policy.guardrails.length === 0) return null
  return guardrails?.({ organizationId, requestId, snapshot, meter: ctx }) ?? null
}

/** An organization's own key has a circuit of its own: what it is refused says nothing to the others. */
const circuitNameOf = (model: PricedModel, organizationId: string) =>
  isOwn(model) ? `${organizationId}/${model.vendor}` : model.vendor

export const attemptsContextOf = ({
  circuits,
  organizationId,
  timers = systemTimers,
  random,
}: RoutingContext & Pick<MeterContext, 'timers'>): AttemptsContext => ({
  circuits,
  circuitOf: (model) => circuitNameOf(model, organizationId),
  timers,
  random,
})

/** Whom nobody is sent to for the moment, and for how long; null where that is nobody. */
export const restingUnder =
  ({ circuits, organizationId }: RoutingContext) =>
  (model: PricedModel): number =>
    circuits.restsForMs(circuitNameOf(model, organizationId))

/** What must ask somebody else whether the request may be sent: nothing was sent yet, so nothing is charged. */
export async function examine<Request>(
  call: MeteredCall,
  {
    guard,
    request,
  }: {
    guard: { examine?: (request: Request, options: { signal: AbortSignal }) => Promise<void> } | null
    request: Request
  },
): Promise<void> {
  if (!guard?.examine) return
  try {
    await untilStopped(call, guard.examine(request, { signal: call.signal }))
  } catch (error) {
    call.end('failed')
    throw call.stopped() ?? error
  }
}
