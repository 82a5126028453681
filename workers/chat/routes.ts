// HTTP of the chat service: the public language API, and the conversations of the platform's own pages.
import { Problem } from '#shared/http/problems'
import type { ServiceApp } from '#shared/http/create-service-app'
import { answerRoute } from './answer-route.ts'
import { conversationRoutes } from './conversations/routes.ts'
import type { ChatCollaborators, ChatEnv } from './context.ts'
import { anthropicMessages } from './dialects/anthropic-messages/index.ts'
import { openAIChat } from './dialects/openai-chat/index.ts'
import { getModel, listModels } from './models/routes.ts'

const onlyPost = () => {
  throw new Problem('method_not_allowed', 'This address takes POST.', { headers: { allow: 'POST' } })
}

export const createRoutes =
  (outside: ChatCollaborators) =>
  (app: ServiceApp<ChatEnv>): void => {
    app.post(openAIChat.path, (c) => answerRoute(c, openAIChat, outside))
    app.post(anthropicMessages.path, (c) => answerRoute(c, anthropicMessages, outside))
    app.all(openAIChat.path, onlyPost)
    app.all(anthropicMessages.path, onlyPost)
    app.get('/v1/models', (c) => listModels(c, outside))
    app.get('/v1/models/*', (c) => getModel(c, outside))
    conversationRoutes(app)
  }
