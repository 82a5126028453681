// Wraps a service's app in a Worker that answers the gateway alone. The only file that imports
// `cloudflare:workers`, a module that Node does not have: keep it out of everything a unit test touches.
import { WorkerEntrypoint } from 'cloudflare:workers'
import { createServiceApp, type Routes, type ServiceBindings } from './create-service-app.ts'

interface CallerProps {
  caller?: string
}

export function createService<Bindings extends ServiceBindings>(name: string, routes: Routes<Bindings>) {
  const app = createServiceApp<Bindings>(name, routes)
  return class Service extends WorkerEntrypoint<Bindings, CallerProps> {
    override fetch(request: Request): Response | Promise<Response> {
      if (this.ctx.props?.caller !== 'gateway') return new Response('Not found', { status: 404 })
      return app.fetch(request, this.env, this.ctx)
    }
  }
}
