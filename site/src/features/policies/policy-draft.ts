// The policy as it stands in the form: numbers as they are typed, and a name of its own for everything in a list, so
// that it can be moved about.
import type { VendorId } from '#shared/contracts/model'
import { personalDataKinds, secretKinds } from '#shared/contracts/guardrail-kinds'
import type { Guardrail, ModelRoute, OrganizationPolicy } from '#shared/contracts/policy'

export type GuardrailType = Guardrail['type']

export interface GuardrailDraft {
  key: number
  type: GuardrailType
  action: 'block' | 'mask' | 'flag'
  stage: 'input' | 'output' | 'both'
  /** One a line. */
  words: string
  kinds: string[]
  /** Empty: the first moderation model that is configured. */
  model: string
}

export interface TargetDraft {
  key: number
  model: string
  weight: string
}

export interface RouteDraft {
  key: number
  name: string
  strategy: ModelRoute['strategy']
  targets: TargetDraft[]
}

export interface PolicyDraft {
  modelsLimited: boolean
  models: string[]
  vendorsLimited: boolean
  vendors: VendorId[]
  /** Whether the platform's key takes over where one of the organization's own fails. */
  keyFallback: boolean
  zeroRetention: boolean
  samplePercent: string
  logContent: 'none' | 'redacted' | 'full'
  logDays: string
  responseDays: string
  guardrails: GuardrailDraft[]
  routes: RouteDraft[]
}

let made = 0
const nextKey = (): number => (made += 1)

export const guardrailTypes: readonly GuardrailType[] = ['words', 'personal-data', 'secrets', 'moderation']

export const kindsOf = (type: GuardrailType): readonly string[] =>
  type === 'personal-data' ? personalDataKinds : type === 'secrets' ? secretKinds : []

/** Moderation judges a text as a whole: there is nothing in it to mask. */
export const actionsOf = (type: GuardrailType): readonly GuardrailDraft['action'][] =>
  type === 'moderation' ? ['block', 'flag'] : ['block', 'mask', 'flag']

export const newGuardrail = (type: GuardrailType): GuardrailDraft => ({
  key: nextKey(),
  type,
  action: type === 'personal-data' || type === 'secrets' ? 'mask' : 'block',
  stage: 'both',
  words: '',
  kinds: [...kindsOf(type)],
  model: '',
})

export const newTarget = (model = ''): TargetDraft => ({ key: nextKey(), model, weight: '1' })

export const newRoute = (model = ''): RouteDraft => ({
  key: nextKey(),
  name: '',
  strategy: 'fallback',
  targets: [newTarget(model)],
})

const guardrailDraftOf = (guardrail: Guardrail): GuardrailDraft => ({
  ...newGuardrail(guardrail.type),
  action: guardrail.action,
  stage: guardrail.stage,
  ...('words' in guardrail && { words: guardrail.words.join('\n') }),
  ...('kinds' in guardrail && { kinds: [...guardrail.kinds] }),
  ...('model' in guardrail && { model: guardrail.model ?? '' }),
})

const routeDraftOf = ({ name, strategy, targets }: ModelRoute): RouteDraft => ({
  key: nextKey(),
  name,
  strategy,
  targets: targets.map(({ model, weight }) => ({ key: nextKey(), model, weight: String(weight) })),
})

export const policyDraftOf = (policy: OrganizationPolicy): PolicyDraft => ({
  modelsLimited: policy.allowed_models !== null,
  models: policy.allowed_models ?? [],
  vendorsLimited: policy.allowed_vendors !== null,
  vendors: policy.allowed_vendors ?? [],
  keyFallback: policy.provider_key_fallback,
  zeroRetention: policy.zero_retention,
  samplePercent: String(policy.request_log.sample_percent),
  logContent: policy.request_log.content,
  logDays: String(policy.request_log.retention_days),
  responseDays: String(policy.response_retention_days),
  guardrails: policy.guardrails.map(guardrailDraftOf),
  routes: policy.routes.map(routeDraftOf),
})

const withoutKeys = (name: string, value: unknown): unknown => (name === 'key' ? undefined : value)

/** Whether both would be saved as the same. */
export const isSameDraft = (a: PolicyDraft, b: PolicyDraft): boolean =>
  JSON.stringify(a, withoutKeys) === JSON.stringify(b, withoutKeys)

/** The list with one of its items in another place; as it is where there is no such place. */
export function moved<T>(list: readonly T[], from: number, by: -1 | 1): T[] {
  const item = list[from]
  const other = list[from + by]
  if (item === undefined || other === undefined) return [...list]
  return list.map((each, at) => (at === from ? other : at === from + by ? item : each))
}
