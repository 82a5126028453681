// Events: everything that happened, as it was in that moment.
import { pageOf } from '../lists.ts'
import { boolean, list, listParams, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'

/** `customer.*` stands for all that begin so. */
export const isOfType = (type: string, wanted: string): boolean =>
  wanted === '*' || wanted === type || (wanted.endsWith('.*') && type.startsWith(wanted.slice(0, -1)))

export const events: Resource = {
  routes: [
    route({
      method: 'GET',
      path: '/v1/events',
      params: { ...listParams, delivery_success: boolean(), type: string(), types: list(string()) },
      handler({ engine, params, url }) {
        const wanted = params.types ?? (params.type === undefined ? ['*'] : [params.type])
        const items = engine.store
          .list('event')
          .filter(({ type }) => wanted.some((each) => isOfType(type, each)))
          .filter(
            ({ pending_webhooks: left }) =>
              params.delivery_success === undefined || (left === 0) === params.delivery_success,
          )
        return pageOf({ items, query: params, url })
      },
    }),
    route({
      method: 'GET',
      path: '/v1/events/:id',
      params: {},
      handler: ({ engine, path }) => engine.need('event', path.id),
    }),
  ],
}
