// What a schema cannot say of a policy: that its names mean something. What was named before and has left the
// catalogue since may stay, because nobody should have to clean up in order to change something else.
import type { OrganizationPolicy } from '#shared/contracts/policy'
import { invalidRequest } from '#shared/http/problems'
import type { KnownModels } from './known-models.ts'

interface Checked {
  policy: OrganizationPolicy
  present: OrganizationPolicy
  models: KnownModels
}

const namesIn = ({ allowed_models, routes, guardrails }: OrganizationPolicy): Set<string> =>
  new Set([
    ...(allowed_models ?? []),
    ...routes.flatMap(({ name, targets }) => [name, ...targets.map(({ model }) => model)]),
    ...guardrails.flatMap((guardrail) => (guardrail.type === 'moderation' && guardrail.model ? [guardrail.model] : [])),
  ])

const unknown = (param: string, name: string) =>
  invalidRequest(`${param}: there is no model “${name}”; GET /v1/models lists those that there are`, param)

export function requireSoundPolicy({ policy, present, models }: Checked): void {
  const before = namesIn(present)
  const isModel = (name: string) => models.has(name) || before.has(name)
  const routes = new Set<string>()
  policy.routes.forEach(({ name, targets }, at) => {
    const key = name.toLowerCase()
    if (routes.has(key))
      throw invalidRequest(`policy.routes[${at}].name: “${name}” is a route already`, `policy.routes[${at}].name`)
    routes.add(key)
    const seen = new Set<string>()
    targets.forEach(({ model }, target) => {
      const param = `policy.routes[${at}].targets[${target}].model`
      if (!isModel(model)) throw unknown(param, model)
      if (seen.has(model)) throw invalidRequest(`${param}: “${model}” is a target of this route already`, param)
      seen.add(model)
    })
  })
  policy.allowed_models?.forEach((name, at) => {
    if (!isModel(name) && !routes.has(name.toLowerCase())) throw unknown(`policy.allowed_models[${at}]`, name)
  })
  policy.guardrails.forEach((guardrail, at) => {
    if (guardrail.type === 'moderation' && guardrail.model && !isModel(guardrail.model))
      throw unknown(`policy.guardrails[${at}].model`, guardrail.model)
  })
}
