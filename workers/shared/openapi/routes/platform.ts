import { z } from 'zod'
import type { Route } from '../route.ts'

const Health = z
  .object({
    status: z.enum(['ok', 'degraded']),
    services: z.record(z.string(), z.object({ status: z.enum(['up', 'down']) })),
  })
  .meta({ id: 'Health' })

export const platformRoutes: Route[] = [
  {
    method: 'get',
    path: '/health',
    id: 'getHealth',
    tag: 'platform',
    summary: 'Whether each service is up',
    access: 'anyone',
    answers: [{ status: 200, description: 'Each service’s state.', schema: Health }],
  },
  {
    method: 'get',
    path: '/openapi.json',
    id: 'getOpenApi',
    tag: 'platform',
    summary: 'This description',
    access: 'anyone',
    answers: [{ status: 200, description: 'OpenAPI 3.1.', contentType: 'application/json' }],
  },
]
