// Webhook endpoints: who is told of events.
import { pageOf } from '../lists.ts'
import { mergeMetadata } from '../metadata.ts'
import { boolean, emptyable, list, listParams, metadata, required, string } from '../params.ts'
import { route, type Resource } from '../resource.ts'
import type { WebhookEndpoint } from '../tables.ts'

/** The secret is shown once, to whom made the endpoint. */
function shown(endpoint: WebhookEndpoint): WebhookEndpoint {
  const copy = { ...endpoint }
  delete copy.secret
  return copy
}

export const webhookEndpoints: Resource = {
  routes: [
    route({
      method: 'POST',
      path: '/v1/webhook_endpoints',
      params: {
        enabled_events: required(list(string())),
        url: required(string()),
        api_version: string(),
        connect: boolean(),
        description: emptyable(string()),
        metadata: metadata(),
      },
      handler({ engine, params }) {
        const endpoint: WebhookEndpoint = {
          id: engine.id('we'),
          object: 'webhook_endpoint',
          api_version: params.api_version ?? null,
          application: null,
          created: engine.now(),
          description: params.description || null,
          enabled_events: params.enabled_events,
          livemode: false,
          metadata: mergeMetadata(null, params.metadata),
          secret: `whsec_${engine.config.random(32)}`,
          status: 'enabled',
          url: params.url,
        }
        engine.store.put('webhook_endpoint', endpoint)
        return endpoint
      },
    }),
    route({
      method: 'GET',
      path: '/v1/webhook_endpoints',
      params: listParams,
      handler: ({ engine, params, url }) =>
        pageOf({ items: engine.store.list('webhook_endpoint').map(shown), query: params, url }),
    }),
    route({
      method: 'GET',
      path: '/v1/webhook_endpoints/:id',
      params: {},
      handler: ({ engine, path }) => shown(engine.need('webhook_endpoint', path.id)),
    }),
    route({
      method: 'POST',
      path: '/v1/webhook_endpoints/:id',
      params: {
        description: emptyable(string()),
        disabled: boolean(),
        enabled_events: list(string()),
        metadata: metadata(),
        url: string(),
      },
      handler({ engine, path, params }) {
        const before = engine.need('webhook_endpoint', path.id)
        const after: WebhookEndpoint = {
          ...before,
          description: params.description === undefined ? before.description : params.description || null,
          enabled_events: params.enabled_events ?? before.enabled_events,
          metadata: mergeMetadata(before.metadata, params.metadata),
          status: params.disabled === undefined ? before.status : params.disabled ? 'disabled' : 'enabled',
          url: params.url ?? before.url,
        }
        engine.store.put('webhook_endpoint', after)
        return shown(after)
      },
    }),
    route({
      method: 'DELETE',
      path: '/v1/webhook_endpoints/:id',
      params: {},
      handler({ engine, path }) {
        const { id } = engine.need('webhook_endpoint', path.id)
        engine.store.remove('webhook_endpoint', id)
        return { id, object: 'webhook_endpoint', deleted: true }
      },
    }),
  ],
}
