// Images. Reached only through the gateway.
import { createService } from '#shared/http/create-service'
import type { ImagesEnv } from './env.ts'
import { routes } from './routes.ts'

export default createService<ImagesEnv>('images', routes)
