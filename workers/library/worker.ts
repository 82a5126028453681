// Library. Reached only through the gateway.
import { createService } from '#shared/http/create-service'
import type { LibraryEnv } from './env.ts'
import { routes } from './routes.ts'

export default createService<LibraryEnv>('library', routes)
