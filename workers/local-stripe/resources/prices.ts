// Prices: how much, in which currency, how often. What a price asks can never change.
import { invalid, missingParameter } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { boolean, emptyable, list, listParams, metadata, object, oneOf, required, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { Price } from '../tables.ts'
import { addPrice, claimLookupKey, creatable, taxBehaviour } from './price-build.ts'
import { addProduct } from './products.ts'
import { save } from './saved.ts'

const productData = object({
  active: boolean(),
  id: string(),
  metadata: metadata(),
  name: required(string()),
  statement_descriptor: string(),
  tax_code: string(),
  unit_label: string(),
})

const listed = {
  ...listParams,
  active: boolean(),
  currency: string(),
  lookup_keys: list(string()),
  product: string(),
  recurring: object({
    interval: oneOf('day', 'month', 'week', 'year'),
    meter: string(),
    usage_type: oneOf('licensed', 'metered'),
  }),
  type: oneOf('one_time', 'recurring'),
}

const updatable = {
  active: boolean(),
  lookup_key: emptyable(string()),
  metadata: metadata(),
  nickname: emptyable(string()),
  tax_behavior: taxBehaviour(),
  transfer_lookup_key: boolean(),
}

/** Once it is decided whether tax is in it, that stays. */
function taxBehaviourOf(before: Price, given: Price['tax_behavior'] | undefined) {
  if (given === undefined || given === before.tax_behavior) return before.tax_behavior
  if (before.tax_behavior !== 'unspecified')
    throw invalid('`tax_behavior` cannot be changed once it is set.', { param: 'tax_behavior' })
  return given
}

export const prices: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/prices',
      params: { ...creatable, product: string(), product_data: productData },
      handler({ engine, params: { product_data: data, product, ...given } }) {
        if (product) return addPrice(engine, { ...given, product })
        if (!data) throw missingParameter('product')
        return addPrice(engine, { ...given, product: addProduct(engine, data).id })
      },
    }),
    route({
      method: 'GET',
      path: '/v1/prices',
      params: listed,
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('price')
            .filter(({ active }) => params.active === undefined || active === params.active)
            .filter(({ currency }) => params.currency === undefined || currency === params.currency)
            .filter(({ lookup_key: key }) => !params.lookup_keys || (key && params.lookup_keys.includes(key)))
            .filter(({ product }) => params.product === undefined || product === params.product)
            .filter(({ type }) => params.type === undefined || type === params.type)
            .filter(({ recurring }) =>
              Object.entries(params.recurring ?? {}).every(
                ([key, value]) => recurring?.[key as 'interval' | 'meter' | 'usage_type'] === value,
              ),
            ),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/prices/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('price', path.id),
    }),
    route({
      method: 'POST',
      path: '/v1/prices/:id',
      params: updatable,
      handler({ engine, path, params }) {
        const before = engine.need('price', path.id)
        claimLookupKey(engine, params.lookup_key, { transfer: params.transfer_lookup_key === true, by: before.id })
        const after: Price = {
          ...before,
          active: params.active ?? before.active,
          lookup_key: params.lookup_key === undefined ? before.lookup_key : params.lookup_key || null,
          metadata: mergeMetadata(before.metadata, params.metadata),
          nickname: params.nickname === undefined ? before.nickname : params.nickname || null,
          tax_behavior: taxBehaviourOf(before, params.tax_behavior),
        }
        return save({ engine, type: 'price', event: 'price.updated', before, after })
      },
    }),
  ],
}
