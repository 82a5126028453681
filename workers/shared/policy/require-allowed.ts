// Which models an organization lets its people call.
import type { CatalogModel } from '#shared/contracts/model'
import type { OrganizationPolicy } from '#shared/contracts/policy'
import { Problem } from '#shared/http/problems'

export const isAllowed = (model: CatalogModel, policy: OrganizationPolicy): boolean =>
  (policy.allowed_models === null || policy.allowed_models.includes(model.id)) &&
  (policy.allowed_vendors === null || policy.allowed_vendors.includes(model.vendor))

const notAllowed = (model: CatalogModel): Problem =>
  new Problem('model_not_allowed', `This organization does not allow the model ${model.id}.`, {
    param: 'model',
    facts: { model: model.id },
  })

export function requireAllowed(model: CatalogModel, policy: OrganizationPolicy): void {
  if (!isAllowed(model, policy)) throw notAllowed(model)
}
