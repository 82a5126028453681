// What the form means: a policy, or what is wrong with it, by the path that the platform itself would name.
import type { Guardrail, ModelRoute, OrganizationPolicy } from '#shared/contracts/policy'
import { readCount } from '../../ui/read-count.ts'
import type { PolicyChange } from './policy-calls.ts'
import type { GuardrailDraft, PolicyDraft, RouteDraft } from './policy-draft.ts'

export type PolicyFault =
  | 'models-missing'
  | 'vendors-missing'
  | 'percent-invalid'
  | 'log-days-invalid'
  | 'response-days-invalid'
  | 'words-missing'
  | 'words-many'
  | 'word-long'
  | 'kinds-missing'
  | 'name-missing'
  | 'name-invalid'
  | 'name-taken'
  | 'targets-missing'
  | 'model-missing'
  | 'model-twice'
  | 'model-unknown'
  | 'weight-invalid'
  | 'refused'

/** By path: `routes[0].targets[1].model`. */
export type PolicyFaults = Record<string, PolicyFault>
export type PolicyReading = { ok: true; policy: OrganizationPolicy } | { ok: false; faults: PolicyFaults }

const MOST_WORDS = 2_000
const LONGEST_WORD = 200
const ROUTE_NAME = /^[a-z0-9][a-z0-9._/-]{0,199}$/i

type Complain = (path: string, fault: PolicyFault) => void

export const wordsOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]

function readGuardrail(draft: GuardrailDraft, path: string, complain: Complain): Guardrail {
  const { type, action, stage, kinds, model } = draft
  if (type === 'moderation') return { type, model: model || null, action: action === 'mask' ? 'block' : action, stage }
  if (type === 'words') {
    const words = wordsOf(draft.words)
    if (words.length === 0) complain(`${path}.words`, 'words-missing')
    else if (words.length > MOST_WORDS) complain(`${path}.words`, 'words-many')
    else if (words.some((word) => word.length > LONGEST_WORD)) complain(`${path}.words`, 'word-long')
    return { type, words, action, stage }
  }
  if (kinds.length === 0) complain(`${path}.kinds`, 'kinds-missing')
  return { type, kinds, action, stage } as Guardrail
}

function readTargets({ targets, strategy }: RouteDraft, path: string, complain: Complain): ModelRoute['targets'] {
  if (targets.length === 0) complain(`${path}.targets`, 'targets-missing')
  const seen = new Set<string>()
  return targets.map(({ model, weight }, at) => {
    const here = `${path}.targets[${at}]`
    if (model === '') complain(`${here}.model`, 'model-missing')
    else if (seen.has(model)) complain(`${here}.model`, 'model-twice')
    seen.add(model)
    const count = strategy === 'balance' ? readCount(weight, { most: 1_000 }) : 1
    if (count === null || count === 'invalid') complain(`${here}.weight`, 'weight-invalid')
    return { model, weight: typeof count === 'number' ? count : 1 }
  })
}

function readRoutes(routes: RouteDraft[], complain: Complain): ModelRoute[] {
  const names = new Set<string>()
  return routes.map((route, at) => {
    const path = `routes[${at}]`
    const name = route.name.trim()
    if (name === '') complain(`${path}.name`, 'name-missing')
    else if (!ROUTE_NAME.test(name)) complain(`${path}.name`, 'name-invalid')
    else if (names.has(name.toLowerCase())) complain(`${path}.name`, 'name-taken')
    names.add(name.toLowerCase())
    return { name, strategy: route.strategy, targets: readTargets(route, path, complain) }
  })
}

export function readPolicyDraft(draft: PolicyDraft): PolicyReading {
  const faults: PolicyFaults = {}
  const complain: Complain = (path, fault) => void (faults[path] ??= fault)
  const count = (text: string, range: { least: number; most: number }, path: string, fault: PolicyFault): number => {
    const read = readCount(text, range)
    if (typeof read === 'number') return read
    complain(path, fault)
    return range.least
  }
  if (draft.modelsLimited && draft.models.length === 0) complain('allowed_models', 'models-missing')
  if (draft.vendorsLimited && draft.vendors.length === 0) complain('allowed_vendors', 'vendors-missing')
  const days = { least: 1, most: 365 }
  const policy: OrganizationPolicy = {
    allowed_models: draft.modelsLimited ? draft.models : null,
    allowed_vendors: draft.vendorsLimited ? draft.vendors : null,
    zero_retention: draft.zeroRetention,
    request_log: {
      sample_percent: count(
        draft.samplePercent,
        { least: 0, most: 100 },
        'request_log.sample_percent',
        'percent-invalid',
      ),
      content: draft.logContent,
      retention_days: count(draft.logDays, days, 'request_log.retention_days', 'log-days-invalid'),
    },
    response_retention_days: count(
      draft.responseDays,
      { ...days, least: 0 },
      'response_retention_days',
      'response-days-invalid',
    ),
    guardrails: draft.guardrails.map((guardrail, at) => readGuardrail(guardrail, `guardrails[${at}]`, complain)),
    routes: readRoutes(draft.routes, complain),
    provider_key_fallback: draft.keyFallback,
  }
  return Object.keys(faults).length > 0 ? { ok: false, faults } : { ok: true, policy }
}

/** Only what was changed, so that two people who change different parts do not undo each other. */
export const changedParts = (before: OrganizationPolicy, after: OrganizationPolicy): PolicyChange =>
  Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof OrganizationPolicy]),
    ),
  )

/** A refusal of the platform, where it names a part of the policy. */
export function faultOfRefusal(param: string | null): PolicyFaults {
  if (!param?.startsWith('policy.')) return {}
  const path = param.slice('policy.'.length)
  if (path.startsWith('allowed_models')) return { allowed_models: 'model-unknown' }
  if (path.endsWith('.model')) return { [path]: 'model-unknown' }
  if (path.endsWith('.name')) return { [path]: 'name-taken' }
  // A list is shown as a whole: what is wrong with one of its entries is wrong with it.
  return { [path.replace(/(words|kinds|allowed_vendors)\[\d+\]$/, '$1')]: 'refused' }
}
