// Every public route of every service, in the order of the reference.
import type { Route } from './route.ts'
import {
  accountRoutes,
  keyRoutes,
  limitRoutes,
  operatorRoutes,
  organizationRoutes,
  policyRoutes,
} from './routes/account.ts'
import { billingRoutes } from './routes/billing.ts'
import { billingAdministrationRoutes } from './routes/billing-administration.ts'
import { conversationRoutes } from './routes/conversations.ts'
import { embeddingRoutes } from './routes/embeddings.ts'
import { imageOperatorRoutes, imageRoutes } from './routes/images.ts'
import { languageRoutes } from './routes/language.ts'
import { libraryRoutes } from './routes/library.ts'
import { numberRoutes } from './routes/numbers.ts'
import { paymentRoutes } from './routes/payments.ts'
import { platformRoutes } from './routes/platform.ts'
import { providerKeyRoutes } from './routes/provider-keys.ts'
import { requestRoutes } from './routes/requests.ts'
import { responseRoutes } from './routes/responses.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { usageRoutes } from './routes/usage.ts'
import { webhookRoutes } from './routes/webhooks.ts'

export const routes: readonly Route[] = [
  ...languageRoutes,
  ...embeddingRoutes,
  ...responseRoutes,
  ...conversationRoutes,
  ...imageRoutes,
  ...libraryRoutes,
  ...usageRoutes,
  ...billingRoutes,
  ...keyRoutes,
  ...organizationRoutes,
  ...providerKeyRoutes,
  ...requestRoutes,
  ...webhookRoutes,
  ...limitRoutes,
  ...policyRoutes,
  ...accountRoutes,
  ...signInRoutes,
  ...operatorRoutes,
  ...imageOperatorRoutes,
  ...billingAdministrationRoutes,
  ...paymentRoutes,
  ...numberRoutes,
  ...platformRoutes,
]

export const tags: { name: Route['tag']; description: string }[] = [
  {
    name: 'language',
    description: 'Models, metered. The official OpenAI and Anthropic clients need only the base URL and a key.',
  },
  { name: 'conversations', description: 'Conversations that the platform keeps.' },
  { name: 'images', description: 'Pictures, made from words and from other pictures.' },
  { name: 'library', description: 'Everything that was made or uploaded, in one place.' },
  { name: 'usage', description: 'Balance, charges and sums.' },
  { name: 'billing', description: 'Plans, payments and invoices.' },
  { name: 'keys', description: 'API keys.' },
  { name: 'organization', description: 'Members, roles, budgets and what was done.' },
  { name: 'provider-keys', description: 'Keys of your own for the providers, encrypted and at no price here.' },
  { name: 'requests', description: 'The log of your organization’s requests.' },
  { name: 'webhooks', description: 'Events, signed and sent to your own servers.' },
  { name: 'account', description: 'Your own account.' },
  { name: 'sign-in', description: 'Signing up and in, by Better Auth.' },
  { name: 'operators', description: 'For the operators of a deployment.' },
  { name: 'platform', description: 'The platform itself.' },
]
