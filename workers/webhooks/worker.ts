// Webhooks. Reached only through the gateway.
import { createService } from '#shared/http/create-service'
import type { WebhooksEnv } from './env.ts'
import { routes } from './routes.ts'

export default createService<WebhooksEnv>('webhooks', routes)
