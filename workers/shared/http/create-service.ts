// Wraps a service's app in a Worker that answers the gateway alone. The only file that imports
// `cloudflare:workers`, a module that Node does not have: keep it out of everything a unit test touches.
import { WorkerEntrypoint } from 'cloudflare:workers'
import type { Door } from '../entrance/open-door.ts'
import { createServiceApp, type Routes, type ServiceApp, type ServiceBindings } from './create-service-app.ts'

interface CallerProps {
  caller?: string
}

/** `openDoor`: who comes otherwise than through the gateway is received at the service's own entrance. */
export function createService<Bindings extends ServiceBindings>(
  name: string,
  routes: Routes<Bindings>,
  openDoor?: (app: ServiceApp<Bindings>) => Door<Bindings>,
) {
  const app = createServiceApp<Bindings>(name, routes)
  const door = openDoor?.(app)
  return class Service extends WorkerEntrypoint<Bindings, CallerProps> {
    override fetch(request: Request): Response | Promise<Response> {
      if (this.ctx.props?.caller === 'gateway') return app.fetch(request, this.env, this.ctx)
      return door ? door(request, this.env, this.ctx) : new Response('Not found', { status: 404 })
    }
  }
}
