// Products: what is sold, before its price.
import type { Engine } from '../engine.ts'
import { invalid } from '../errors.ts'
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { boolean, emptyable, list, listParams, metadata, number, object, oneOf, required, string } from '../params.ts'
import type { Values } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { Product } from '../tables.ts'
import { addPrice, priceData } from './price-build.ts'
import { save } from './saved.ts'

const text = () => emptyable(string())
const dimensions = {
  height: required(number()),
  length: required(number()),
  weight: required(number()),
  width: required(number()),
}

const writable = {
  active: boolean(),
  description: text(),
  images: emptyable(list(string())),
  marketing_features: emptyable(list(object({ name: required(string()) }))),
  metadata: metadata(),
  name: string(),
  package_dimensions: emptyable(object(dimensions)),
  shippable: boolean(),
  statement_descriptor: string(),
  tax_code: text(),
  unit_label: text(),
  url: text(),
}

const creatable = {
  ...writable,
  name: required(string()),
  id: string(),
  type: oneOf('good', 'service'),
  default_price_data: object(priceData),
}

const updatable = { ...writable, default_price: string() }

type Given = Values<typeof writable>

const textOf = (given: string | undefined, before: string | null | undefined) =>
  given === undefined ? (before ?? null) : given || null

const applied = (before: Product, given: Given): Product => ({
  ...before,
  active: given.active ?? before.active,
  description: textOf(given.description, before.description),
  images: given.images === undefined ? before.images : given.images || [],
  marketing_features:
    given.marketing_features === undefined ? before.marketing_features : given.marketing_features || [],
  metadata: mergeMetadata(before.metadata, given.metadata),
  name: given.name ?? before.name,
  package_dimensions:
    given.package_dimensions === undefined ? before.package_dimensions : given.package_dimensions || null,
  shippable: given.shippable ?? before.shippable,
  statement_descriptor: given.statement_descriptor ?? before.statement_descriptor,
  tax_code: textOf(given.tax_code, before.tax_code),
  unit_label: textOf(given.unit_label, before.unit_label),
  url: textOf(given.url, before.url),
})

export function addProduct(engine: Engine, given: Values<typeof creatable>): Product {
  if (given.id && engine.store.get('product', given.id))
    throw invalid('Product already exists.', { code: 'resource_already_exists', param: 'id' })
  const now = engine.now()
  const product = applied(
    {
      id: given.id ?? engine.id('prod', 14),
      object: 'product',
      active: true,
      created: now,
      default_price: null,
      description: null,
      images: [],
      livemode: false,
      marketing_features: [],
      metadata: {},
      name: given.name,
      package_dimensions: null,
      shippable: null,
      statement_descriptor: null,
      tax_code: null,
      tax_details: null,
      type: given.type ?? 'service',
      unit_label: null,
      updated: now,
      url: null,
    },
    given,
  )
  engine.store.put('product', product)
  engine.emit('product.created', product)
  if (!given.default_price_data) return product
  const price = addPrice(engine, { ...given.default_price_data, product: product.id })
  const priced = { ...product, default_price: price.id }
  engine.store.put('product', priced)
  return priced
}

const one = '/v1/products/:id'

export const products: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/products',
      params: creatable,
      handler: ({ engine, params }) => addProduct(engine, params),
    }),
    route({
      method: 'GET',
      path: '/v1/products',
      params: {
        ...listParams,
        active: boolean(),
        ids: list(string()),
        shippable: boolean(),
        type: oneOf('good', 'service'),
        url: string(),
      },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('product')
            .filter(({ active }) => params.active === undefined || active === params.active)
            .filter(({ id }) => !params.ids || params.ids.includes(id))
            .filter(({ shippable }) => params.shippable === undefined || shippable === params.shippable)
            .filter(({ type }) => params.type === undefined || type === params.type)
            .filter((product) => params.url === undefined || product.url === params.url),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: one,
      params: {},
      handler: ({ engine, path }) => engine.need('product', path.id),
    }),
    route({
      method: 'POST',
      path: one,
      params: updatable,
      handler({ engine, path, params }) {
        const before = engine.need('product', path.id)
        if (params.default_price) engine.need('price', params.default_price, 'default_price')
        const changed = applied(before, params)
        const after = {
          ...changed,
          default_price: params.default_price ?? before.default_price,
          updated: engine.now(),
        }
        return save({ engine, type: 'product', event: 'product.updated', before, after })
      },
    }),
    route({
      method: 'DELETE',
      path: one,
      params: {},
      handler({ engine, path }) {
        const product = engine.need('product', path.id)
        if (engine.store.list('price').some((price) => price.product === product.id))
          throw invalid('This product cannot be deleted because it has one or more user-created prices.')
        engine.store.remove('product', product.id)
        engine.emit('product.deleted', product)
        return { id: product.id, object: 'product', deleted: true }
      },
    }),
  ],
}
