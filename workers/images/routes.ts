// HTTP in, HTTP out: OpenAI's three calls, what the dashboard asks, and what vendors say.
import type { ServiceApp } from '#shared/http/create-service-app'
import { Problem } from '#shared/http/problems'
import type { ImagesCollaborators } from './context.ts'
import type { ImagesEnv } from './env.ts'
import { imagesRoute } from './openai/route.ts'
import { deadLetterRoutes } from './page/dead-letter-routes.ts'
import { pageRoutes } from './page/routes.ts'
import { webhookRoutes } from './webhooks/routes.ts'

const onlyPost = () => {
  throw new Problem('method_not_allowed', 'This address takes POST.', { headers: { allow: 'POST' } })
}

export const createRoutes =
  (outside: ImagesCollaborators) =>
  (app: ServiceApp<ImagesEnv>): void => {
    for (const call of ['generations', 'edits', 'variations'] as const) {
      app.post(`/v1/images/${call}`, (c) => imagesRoute(c, call, outside))
      app.all(`/v1/images/${call}`, onlyPost)
    }
    deadLetterRoutes(app, outside)
    pageRoutes(app, outside)
    webhookRoutes(app, outside)
  }
