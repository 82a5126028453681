// A request in a public dialect, made ready for whoever may answer it: everything that can be wrong with it before it
// costs anything.
import type { PolicySnapshot } from '#shared/contracts/policy'
import { parseJson } from '#shared/http/parse-json'
import { isProblem, unsupportedParameter } from '#shared/http/problems'
import type { CallSize } from '#shared/metering/hold'
import type { PricedModel } from '#shared/metering/metered-call'
import type { LanguageModels } from '#shared/providers/language-models'
import type { LanguageModel, LanguageRequest, NativeEndpoint } from '#shared/providers/spec/language-model'
import type { ChatDialect } from './dialects/dialect.ts'
import type { Translation } from './dialects/translation.ts'
import type { Guard } from '#shared/guardrails/guard-types'
import { checkAbilities, sizeOf } from './prepare-call.ts'
import { takeRoutingChoice, type RoutingChoice } from './routing/choice.ts'
import { vendorIsResting } from './routing/verdict.ts'
import { planCandidates, type Candidate, type PlanInput } from './routing/plan.ts'

export interface AskedAnswer<Body> {
  body: Body
  /** Which models and vendors the request names for itself; null: the one model that the body names. */
  choice: RoutingChoice | null
}

export function readAsked<Body>({
  dialect,
  text,
  headers,
}: {
  dialect: ChatDialect<Body>
  text: string
  headers: Headers
}): AskedAnswer<Body> {
  const { value, choice } = takeRoutingChoice(parseJson(text), { headers, inBody: dialect.routesInBody ?? false })
  return { body: dialect.parse(value), choice }
}

export interface ReadyCandidate extends Candidate {
  /** Where the vendor speaks the caller's dialect. */
  native: NativeEndpoint | null
  size: CallSize
  /** The vendor answers in one piece. */
  inOnePiece: boolean
}

export interface PreparedAnswer {
  /** What the vendor is asked, in the house's words: screened, where the organization has rules. */
  request: LanguageRequest
  translation: Translation
  guard: Guard | null
  /** The first that can take this request; `rest` are made ready when they are needed. */
  first: ReadyCandidate
  rest: readonly Candidate[]
  /** Makes one of the rest ready. Throws why it cannot take this request. */
  ready(candidate: Candidate): ReadyCandidate
  /** Another than the model that was named may answer. */
  routed: boolean
  warnings: string[]
}

function refuseUnknown<Body>(dialect: ChatDialect<Body>, body: Body, native: NativeEndpoint | null) {
  const [unknown] = native?.takesUnknownParameters ? [] : dialect.unknownParameters(body)
  if (unknown !== undefined) throw unsupportedParameter(unknown, `This model does not know the parameter “${unknown}”.`)
}

const unreadBy = <Body>(native: NativeEndpoint, dialect: ChatDialect<Body>, body: Body): number =>
  native.takesUnknownParameters ? dialect.unreadCharacters(body) : 0

const nativeOf = ({ native, natives }: LanguageModel, name: string): NativeEndpoint | null =>
  native?.dialect === name ? native : (natives?.find(({ dialect }) => dialect === name) ?? null)

export interface PrepareInput<Body> extends Pick<PlanInput, 'platformRoutes' | 'random'> {
  dialect: ChatDialect<Body>
  asked: AskedAnswer<Body>
  snapshot: PolicySnapshot
  models: LanguageModels
  guard: Guard | null
  /** How long a model's vendor is not asked, because it has failed often; 0: it is. */
  restsForMs: (model: PricedModel) => number
}

/** The first that can take this request, and those after it; the first's reason where none can. */
export function pickReady<Ready>(
  candidates: readonly Candidate[],
  ready: (candidate: Candidate) => Ready,
): { first: Ready; rest: readonly Candidate[] } {
  const reasons: unknown[] = []
  for (const [at, candidate] of candidates.entries()) {
    try {
      return { first: ready(candidate), rest: candidates.slice(at + 1) }
    } catch (error) {
      if (!isProblem(error)) throw error
      reasons.push(error)
    }
  }
  throw reasons[0]
}

export function prepareAnswer<Body>(input: PrepareInput<Body>): PreparedAnswer {
  const { dialect, asked, snapshot, models, guard, platformRoutes, random, restsForMs } = input
  const { body, choice } = asked
  const plan = planCandidates({
    asked: dialect.modelOf(body),
    choice,
    policy: snapshot.policy,
    platformRoutes,
    models,
    random,
  })
  const translation = dialect.toLanguageRequest(body)
  const request = guard ? guard.screen(translation.request) : translation.request
  const translates = guard?.translates === true || request !== translation.request

  function ready(candidate: Candidate): ReadyCandidate {
    const { model, language } = candidate
    const restMs = restsForMs(model)
    if (restMs > 0) throw vendorIsResting(model.vendor, restMs)
    const native = translates ? null : nativeOf(language, dialect.name)
    refuseUnknown(dialect, body, native)
    if (!native && translation.untranslatable) throw translation.untranslatable
    checkAbilities(model, request)
    const extraCharacters = native ? translation.extraCharacters + unreadBy(native, dialect, body) : 0
    const size = sizeOf({ model, request, answers: dialect.answers(body), extraCharacters })
    return { model, language, native, size, inOnePiece: native !== null && !dialect.streams(body) }
  }

  const [only, ...others] = plan.candidates
  const picked = others.length === 0 ? { first: ready(only), rest: others } : pickReady(plan.candidates, ready)
  return { request, translation, guard, ...picked, ready, routed: plan.routed, warnings: plan.warnings }
}

/** Who was to be asked first may not be: the next who can take the request is. False where there is none. */
export function passOver(prepared: PreparedAnswer): boolean {
  const { rest, ready } = prepared
  for (const [at, candidate] of rest.entries()) {
    try {
      prepared.first = ready(candidate)
      prepared.rest = rest.slice(at + 1)
      return true
    } catch (error) {
      if (!isProblem(error)) throw error
    }
  }
  return false
}

/**
 * A model that does not show its reasoning counts it in its last words alone. Of an operator's own server nobody knows
 * what its models do, so it is believed where the request asks for reasoning.
 */
export const reasonsUnseen = ({ abilities, vendor }: PricedModel, { reasoning }: LanguageRequest): boolean =>
  abilities.includes('reasoning') &&
  reasoning?.effort !== 'none' &&
  (vendor !== 'compatible' || (reasoning?.effort ?? reasoning?.budgetTokens) !== undefined)
