// Every path of the auth service.
import type { ServiceApp } from '#shared/http/create-service-app'
import type { AuthEnv } from './env.ts'
import { accountRoutes } from './account-routes.ts'
import { adminRoutes } from './admin-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { limitRoutes } from './limit-routes.ts'
import { organizationRoutes } from './organization-routes.ts'
import { policyRoutes } from './policy-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

export function routes(app: ServiceApp<AuthEnv>): void {
  signInRoutes(app)
  accountRoutes(app)
  keyRoutes(app)
  organizationRoutes(app)
  limitRoutes(app)
  policyRoutes(app)
  adminRoutes(app)
}
