// Language models: the metered public API, and conversations. Reached only through the gateway.
import { createService } from '#shared/http/create-service'
import { collaborators } from './context.ts'
import { createRoutes } from './routes.ts'

export { AnswerRunner } from './conversations/answer-runner.ts'

export default createService('chat', createRoutes(collaborators))
