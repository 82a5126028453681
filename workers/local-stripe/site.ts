// Everything that is served: the API, the switches, and the pages for people.
import { Api } from './api.ts'
import { Control } from './delivery/control.ts'
import { Deliverer, type Send } from './delivery/deliverer.ts'
import type { Engine } from './engine.ts'
import { resources } from './resources/index.ts'

export interface SiteConfig {
  engine: Engine
  send: Send
  /** Where events go without anybody registering. */
  webhook: { url: string; secret: string } | null
}

const defaultEndpoint = 'we_local'

export class Site {
  readonly deliverer: Deliverer
  readonly #api: Api
  readonly #control: Control

  constructor({ engine, send, webhook }: SiteConfig) {
    const prepare = () => registerWebhook(engine, webhook)
    prepare()
    this.deliverer = new Deliverer(engine, send)
    this.#api = new Api(engine, resources)
    this.#control = new Control({ engine, deliverer: this.deliverer, prepare })
  }

  fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith('/_control/')) return this.#control.fetch(request)
    return this.#api.fetch(request)
  }
}

function registerWebhook(engine: Engine, webhook: SiteConfig['webhook']): void {
  if (!webhook) return
  engine.store.put('webhook_endpoint', {
    id: defaultEndpoint,
    object: 'webhook_endpoint',
    api_version: engine.config.apiVersion,
    application: null,
    created: engine.now(),
    description: 'The platform on this machine',
    enabled_events: ['*'],
    livemode: false,
    metadata: {},
    secret: webhook.secret,
    status: 'enabled',
    url: webhook.url,
  })
}
