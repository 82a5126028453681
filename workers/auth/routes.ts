// Every path of the auth service.
import type { ServiceApp } from '#shared/http/create-service-app'
import type { AuthEnv } from './env.ts'
import { accountRoutes } from './account-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'

export function routes(app: ServiceApp<AuthEnv>): void {
  signInRoutes(app)
  accountRoutes(app)
}
