// Everything that is served: the API, the switches, and the pages for people.
import { Api } from './api.ts'
import { Control } from './delivery/control.ts'
import { Deliverer, type Send } from './delivery/deliverer.ts'
import type { Engine } from './engine.ts'
import { bankRoute } from './pages/bank-page.ts'
import { checkoutRoute } from './pages/checkout-page.ts'
import { checkoutScript } from './pages/checkout-script.ts'
import { controlPage } from './pages/control-page.ts'
import { invoiceRoute } from './pages/invoice-page.ts'
import { portalRoute } from './pages/portal-page.ts'
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
  readonly #engine: Engine
  readonly #api: Api
  readonly #control: Control

  constructor({ engine, send, webhook }: SiteConfig) {
    this.#engine = engine
    const prepare = () => registerWebhook(engine, webhook)
    prepare()
    this.deliverer = new Deliverer(engine, send)
    this.#api = new Api(engine, resources)
    this.#control = new Control({ engine, deliverer: this.deliverer, prepare })
  }

  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    if (/^\/v[12]\//.test(pathname)) return this.#api.fetch(request)
    if (isFromElsewhere(request)) return new Response('This page was sent from another site.', { status: 403 })
    if (pathname.startsWith('/_control/')) return this.#control.fetch(request)
    this.#engine.tick()
    return this.#page(request, pathname)
  }

  #page(request: Request, pathname: string): Promise<Response> | Response {
    if (pathname === '/') return controlPage(this.#engine, this.deliverer)
    if (pathname === '/assets/checkout.js')
      return new Response(checkoutScript, { headers: { 'content-type': 'text/javascript; charset=utf-8' } })
    for (const [prefix, open] of Object.entries(pages))
      if (pathname.startsWith(prefix)) return open(this.#engine, request, pathname.slice(prefix.length).split('/'))
    // A client of the API that is wrong about its address must not take the answer for a success.
    return this.#api.fetch(request)
  }
}

const pages = { '/c/pay/': checkoutRoute, '/3ds/': bankRoute, '/p/': portalRoute, '/i/': invoiceRoute }

/** Other sites that a browser has open may not press the buttons of this one. */
function isFromElsewhere(request: Request): boolean {
  const origin = request.headers.get('origin')
  if (request.method === 'GET' || origin === null) return false
  return !URL.canParse(origin) || new URL(origin).host !== new URL(request.url).host
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
