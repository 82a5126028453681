// HTTP of the chat service: the public language API, and the conversations of the platform's own pages.
import { Problem } from '#shared/http/problems'
import type { ServiceApp } from '#shared/http/create-service-app'
import { embeddingModelsOf } from '#shared/providers/embedding-models'
import { moderationModelsOf } from '#shared/providers/moderation-models'
import { answerRoute } from './answer-route.ts'
import { conversationRoutes } from './conversations/routes.ts'
import type { ChatCollaborators, ChatEnv } from './context.ts'
import { countTokensRoute } from './count-tokens/route.ts'
import { anthropicMessages } from './dialects/anthropic-messages/index.ts'
import { openAIChat } from './dialects/openai-chat/index.ts'
import { embeddingsRoute } from './embeddings/route.ts'
import { ownRegistriesOf } from './generate-context.ts'
import { getModel, listModels } from './models/routes.ts'
import { responseRoutes } from './responses/routes.ts'
import { moderationsRoute } from './moderations/route.ts'
import { requestLogRoutes } from './request-log/routes.ts'
import { onePieceRoute } from './one-piece-route.ts'

const onlyPost = () => {
  throw new Problem('method_not_allowed', 'This address takes POST.', { headers: { allow: 'POST' } })
}

const onlyGet = () => {
  throw new Problem('method_not_allowed', 'This address takes GET.', { headers: { allow: 'GET' } })
}

export const createRoutes =
  (outside: ChatCollaborators) =>
  (app: ServiceApp<ChatEnv>): void => {
    app.post(openAIChat.path, (c) => answerRoute(c, openAIChat, outside))
    app.post(anthropicMessages.path, (c) => answerRoute(c, anthropicMessages, outside))
    const embeddingsOf = outside.embeddingsOf ?? embeddingModelsOf
    const moderationsOf = outside.moderationsOf ?? moderationModelsOf
    app.post('/v1/embeddings', (c) =>
      onePieceRoute(
        c,
        embeddingsRoute(
          async (snapshot, ctx) => (await ownRegistriesOf(snapshot, ctx))?.embeddings ?? embeddingsOf(c.env),
        ),
        outside,
      ),
    )
    app.post('/v1/moderations', (c) =>
      onePieceRoute(
        c,
        moderationsRoute(
          async (snapshot, ctx) => (await ownRegistriesOf(snapshot, ctx))?.moderations ?? moderationsOf(c.env),
        ),
        outside,
      ),
    )
    app.post('/v1/messages/count_tokens', (c) => countTokensRoute(c, outside))
    app.all('/v1/embeddings', onlyPost)
    app.all('/v1/messages/count_tokens', onlyPost)
    app.all('/v1/moderations', onlyPost)
    app.all(openAIChat.path, onlyPost)
    app.all(anthropicMessages.path, onlyPost)
    responseRoutes(app, outside)
    app.get('/v1/models', (c) => listModels(c, outside))
    app.get('/v1/models/*', (c) => getModel(c, outside))
    app.all('/v1/models', onlyGet)
    app.all('/v1/models/*', onlyGet)
    requestLogRoutes(app)
    conversationRoutes(app)
  }
