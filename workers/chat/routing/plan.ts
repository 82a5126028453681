// Who may answer a request, in the order in which they are asked: the names that it gives, each of them a model, a
// model that several vendors have, or a route of the organization or the platform; without whom the organization
// does not allow and whom the request does not want.
import type { ModelRoute, OrganizationPolicy } from '#shared/contracts/policy'
import { invalidRequest, isProblem, type Problem } from '#shared/http/problems'
import type { PricedModel } from '#shared/metering/metered-call'
import type { LanguageModels, ResolvedModel } from '#shared/providers/language-models'
import type { LanguageModel } from '#shared/providers/spec/language-model'
import { requirePriced } from '#shared/metering/require-priced'
import { requireAllowed } from '#shared/policy/require-allowed'
import type { RoutingChoice } from './choice.ts'

export interface Candidate {
  model: PricedModel
  language: LanguageModel
}

export interface PlanInput {
  /** What the body calls its model. */
  asked: string
  choice: RoutingChoice | null
  policy: OrganizationPolicy
  platformRoutes: ReadonlyMap<string, ModelRoute>
  models: LanguageModels
  /** From 0 to 1, for routes that share their calls out. */
  random: () => number
}

export interface Plan {
  candidates: [Candidate, ...Candidate[]]
  /** Another than the model that was named may answer. */
  routed: boolean
  /** Names that lead nowhere, beside others that do. */
  warnings: string[]
}

/** One by weight, then one of the rest, until all have their place. */
function shuffled(targets: ModelRoute['targets'], random: () => number): ModelRoute['targets'] {
  const left = [...targets]
  const order: ModelRoute['targets'] = []
  while (left.length > 0) {
    let at = random() * left.reduce((sum, { weight }) => sum + weight, 0)
    const index = left.findIndex(({ weight }) => (at -= weight) < 0)
    order.push(...left.splice(index < 0 ? left.length - 1 : index, 1))
  }
  return order
}

const targetsOf = ({ strategy, targets }: ModelRoute, random: () => number): string[] =>
  (strategy === 'balance' ? shuffled(targets, random) : targets).map(({ model }) => model)

const routeOf = (name: string, { policy, platformRoutes }: PlanInput): ModelRoute | undefined =>
  (policy.routes.length > 0 ? policy.routes.find((route) => route.name === name) : undefined) ??
  platformRoutes.get(name)

/** A bare name that several vendors have is all of theirs, where the request says which of them it wants first. */
function modelsNamed(name: string, { models, choice }: PlanInput): ResolvedModel[] {
  const prefers = choice?.order ?? choice?.only ?? choice?.ignore
  const all = prefers ? (models.named?.(name) ?? []) : []
  return all.length > 1 ? all : [models.resolve(name)]
}

function preferred(found: ResolvedModel[], { choice }: PlanInput): ResolvedModel[] {
  if (!choice) return found
  const { order, only, ignore } = choice
  const wanted = found.filter(
    ({ model: { vendor } }) => (!only || only.includes(vendor)) && !(ignore?.includes(vendor) ?? false),
  )
  if (!order) return wanted
  const rank = ({ model: { vendor } }: ResolvedModel) => (order.includes(vendor) ? order.indexOf(vendor) : order.length)
  return wanted.toSorted((a, b) => rank(a) - rank(b))
}

const unwanted = (): Problem => invalidRequest('None of the models asked for is served by these vendors.', 'provider')

interface Findings {
  candidates: Candidate[]
  routed: boolean
  problems: Problem[]
  warnings: string[]
}

/** What is wrong with one of several names is said, and the others are tried. */
function noting<T>(name: string, { problems, warnings }: Findings, find: () => T): T | null {
  try {
    return find()
  } catch (error) {
    if (!isProblem(error)) throw error
    problems.push(error)
    warnings.push(`${name}: ${error.message}`)
    return null
  }
}

function addModel(name: string, found: ResolvedModel, findings: Findings, input: PlanInput): void {
  const { model, language } = found
  if (findings.candidates.some((candidate) => candidate.model.id === model.id)) return
  noting(name, findings, () => {
    requireAllowed(model, input.policy)
    findings.candidates.push({ model: requirePriced(model), language })
    const platform = input.policy.provider_key_fallback ? found.platform?.() : null
    if (platform) findings.candidates.push({ model: requirePriced(platform.model), language: platform.language })
  })
}

function addName(name: string, findings: Findings, input: PlanInput): void {
  const route = routeOf(name, input)
  if (route) findings.routed = true
  const found = route
    ? targetsOf(route, input.random).flatMap((id) => noting(id, findings, () => input.models.resolve(id)) ?? [])
    : (noting(name, findings, () => modelsNamed(name, input)) ?? [])
  const wanted = preferred(found, input)
  if (found.length > 0 && wanted.length === 0) findings.problems.push(unwanted())
  for (const each of wanted) addModel(name, each, findings, input)
}

/** Throws why, where nobody may answer. */
export function planCandidates(input: PlanInput): Plan {
  const findings: Findings = { candidates: [], routed: false, problems: [], warnings: [] }
  const names = input.choice?.models ?? [input.asked]
  for (const name of names) addName(name, findings, input)
  const [first, ...others] = findings.candidates
  if (!first) throw findings.problems[0] ?? unwanted()
  return {
    candidates: input.choice?.allowFallbacks === false ? [first] : [first, ...others],
    routed: findings.routed || names.length > 1 || others.length > 0,
    warnings: findings.warnings,
  }
}
