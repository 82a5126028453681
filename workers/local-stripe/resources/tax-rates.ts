import { pageOf } from '../lists.ts'
import { boolean, listParams } from '../params.ts'
import { route, type Resource } from '../resource.ts'

/** Rates come from automatic tax alone here: they can be read, not made. */
export const taxRates: Resource = {
  routes: [
    route({
      method: 'GET',
      path: '/v1/tax_rates',
      params: { ...listParams, active: boolean(), inclusive: boolean() },
      handler: ({ engine, params, url }) =>
        pageOf({
          items: engine.store
            .list('tax_rate')
            .filter(({ active }) => params.active === undefined || active === params.active)
            .filter(({ inclusive }) => params.inclusive === undefined || inclusive === params.inclusive),
          query: params,
          url,
        }),
    }),
    route({
      method: 'GET',
      path: '/v1/tax_rates/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('tax_rate', path.id),
    }),
  ],
}
