// The public door: a plain fetch handler, because every call passes here and none of its bodies is read.
import { createIds } from '#shared/lib/ids'
import type { GatewayEnv } from './env.ts'
import { handleRequest } from './handle-request.ts'

const createId = createIds()

export default {
  fetch: (request, env) => handleRequest(request, env, { createId, now: () => Date.now() }),
} satisfies ExportedHandler<GatewayEnv>
