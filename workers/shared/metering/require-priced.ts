import type { CatalogModel } from '../contracts/model.ts'
import { Problem } from '../http/problems.ts'
import type { PricedModel } from './metered-call.ts'

/** A model without a price is refused, never guessed. */
export function requirePriced(model: CatalogModel): PricedModel {
  if (!model.price)
    throw new Problem('model_not_priced', `The model ${model.id} has no price here, so it cannot be called.`, {
      param: 'model',
      facts: { model: model.id },
    })
  return model as PricedModel
}
