// What models do beside answering: vectors, judgements and counts.
import { EmbeddingsRequest, EmbeddingsResponse } from '../../contracts/embeddings.ts'
import { CountTokensRequest, TokensCount } from '../../contracts/messages.ts'
import { ModerationsRequest, ModerationsResponse } from '../../contracts/moderations.ts'
import type { ProblemCode } from '../../http/problems.ts'
import { cacheParameters, idempotencyKey, type Route } from '../route.ts'
import { metered, meteredHeaders } from './language.ts'

/** Counting is neither cached nor repeated by a key. */
const ofAnswers = new Set<ProblemCode>(['idempotency_mismatch', 'idempotency_in_progress', 'conflict'])

export const embeddingRoutes: Route[] = [
  {
    method: 'post',
    path: '/v1/embeddings',
    id: 'createEmbeddings',
    tag: 'language',
    summary: 'Vectors of texts, in OpenAI’s shape',
    description: 'Of OpenAI, Google, Mistral, Workers AI, a server of your own or the sandbox.',
    access: 'key',
    parameters: [idempotencyKey, ...cacheParameters],
    request: {
      schema: EmbeddingsRequest,
      example: { model: 'riwaq/sandbox-embedding', input: ['ميزانية المفتاح', 'مفتاح وميزانيته'] },
    },
    answers: [
      { status: 200, description: 'A vector for each text.', schema: EmbeddingsResponse, headers: meteredHeaders },
    ],
    problems: metered,
    errors: 'openai',
  },
  {
    method: 'post',
    path: '/v1/moderations',
    id: 'createModeration',
    tag: 'language',
    summary: 'Whether texts or images are harmful, in OpenAI’s shape',
    description: 'Costs nothing. OpenAI judges where it is configured, else the sandbox by a list of phrases.',
    access: 'key',
    parameters: [idempotencyKey, ...cacheParameters],
    request: { schema: ModerationsRequest, example: { input: ['Good morning', 'صباح الخير'] } },
    answers: [
      { status: 200, description: 'A verdict for each thing.', schema: ModerationsResponse, headers: meteredHeaders },
    ],
    problems: metered,
    errors: 'openai',
  },
  {
    method: 'post',
    path: '/v1/messages/count_tokens',
    id: 'countMessageTokens',
    tag: 'language',
    summary: 'How long a prompt is, in Anthropic’s shape',
    description:
      'Costs nothing and counts against limits of requests. Anthropic’s own count where the model is theirs, else our estimate.',
    access: 'key',
    request: {
      schema: CountTokensRequest,
      example: { model: 'riwaq/sandbox-guide', messages: [{ role: 'user', content: 'How long is this?' }] },
    },
    answers: [
      {
        status: 200,
        description: 'The tokens of the prompt.',
        schema: TokensCount,
        headers: {
          'x-request-id': 'Names the request.',
          'x-riwaq-estimated': '`true` where the count is our estimate.',
        },
      },
    ],
    problems: metered.filter((code) => !ofAnswers.has(code)),
    errors: 'anthropic',
  },
]
