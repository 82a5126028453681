// Vault. Reached only through the gateway.
import { createService } from '#shared/http/create-service'
import type { VaultEnv } from './env.ts'
import { routes } from './routes.ts'

export default createService<VaultEnv>('vault', routes)
