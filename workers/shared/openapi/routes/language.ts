// The metered language API.
import { ChatCompletion, ChatCompletionRequest } from '../../contracts/chat-completions.ts'
import { Message, MessagesRequest } from '../../contracts/messages.ts'
import { AnthropicModel, AnthropicModelList, Model, ModelList } from '../../contracts/models.ts'
import type { ProblemCode } from '../../http/problems.ts'
import { z } from 'zod'
import { cacheParameters, idempotencyKey, pathId, routingParameters, text, type Route } from '../route.ts'

export const meteredHeaders = {
  'x-request-id': 'Names the request, and its charge in GET /api/usage/entries.',
  'x-riwaq-cost-micros': 'What a whole answer cost, in millionths of a US dollar. A stream’s cost is in its entry.',
  'x-riwaq-provider': 'The vendor that answered.',
  'x-riwaq-attempts': 'How many times a vendor was asked for this answer; 0 where the cache had it. On errors as well.',
  'x-riwaq-cache': '`hit` or `miss`, where the cache was asked.',
  age: 'How many seconds old an answer from the cache is.',
  'x-riwaq-prompt-paid-by':
    'The request with this Idempotency-Key whose caller left before anything came: its prompt is not charged again.',
  'x-riwaq-model': 'The full id of the model that answered.',
  'x-riwaq-max-tokens':
    'Present where the credit left paid for a shorter answer than was asked for: its limit in tokens.',
  'x-riwaq-warnings': 'Parameters that had no effect, and why.',
  'x-riwaq-idempotent-replay': '`true` where this answer was given before and is not charged again.',
  RateLimit: 'What is left of the tightest limit.',
  'RateLimit-Policy': 'That limit.',
}

export const metered: ProblemCode[] = [
  'unsupported_parameter',
  'content_rejected',
  'context_length_exceeded',
  'model_not_found',
  'model_not_priced',
  'model_not_allowed',
  'model_not_in_plan',
  'insufficient_credits',
  'payment_overdue',
  'budget_exceeded',
  'credit_held',
  'budget_held',
  'too_many_parallel_requests',
  'idempotency_mismatch',
  'idempotency_in_progress',
  'conflict',
  'payload_too_large',
  'client_closed_request',
  'provider_error',
  'provider_misconfigured',
  'provider_overloaded',
  'provider_timeout',
]

export const streamed =
  'A stream is server-sent events, passed on as they come. One that breaks off ends with an error event and is charged for what was delivered.'

/** Who shows a key or a session where none is needed is held to it. */
const refused: ProblemCode[] = ['invalid_api_key', 'permission_denied']

export const languageRoutes: Route[] = [
  {
    method: 'post',
    path: '/v1/chat/completions',
    id: 'createChatCompletion',
    tag: 'language',
    summary: 'An answer, in OpenAI’s shape',
    description: `Every model can be called, whoever made it. ${streamed}`,
    access: 'key',
    parameters: [idempotencyKey, ...cacheParameters, ...routingParameters],
    request: {
      schema: ChatCompletionRequest,
      example: { model: 'riwaq/sandbox-guide', messages: [{ role: 'user', content: 'How do I make an API key?' }] },
    },
    answers: [
      { status: 200, description: 'The whole answer.', schema: ChatCompletion, headers: meteredHeaders },
      {
        status: 200,
        description: 'With `stream: true`: events of type `chat.completion.chunk`, then `[DONE]`.',
        contentType: 'text/event-stream',
      },
    ],
    problems: metered,
    errors: 'openai',
  },
  {
    method: 'post',
    path: '/v1/messages',
    id: 'createMessage',
    tag: 'language',
    summary: 'An answer, in Anthropic’s shape',
    description: `Every model can be called, whoever made it. ${streamed}`,
    access: 'key',
    parameters: [
      idempotencyKey,
      ...cacheParameters,
      ...routingParameters,
      {
        name: 'anthropic-version',
        in: 'header',
        description: 'Sent by Anthropic’s clients; passed on to Anthropic.',
        schema: text,
      },
    ],
    request: {
      schema: MessagesRequest,
      example: {
        model: 'riwaq/sandbox-guide',
        max_tokens: 500,
        messages: [{ role: 'user', content: 'كيف أنشئ مفتاح واجهة برمجية؟' }],
      },
    },
    answers: [
      { status: 200, description: 'The whole answer.', schema: Message, headers: meteredHeaders },
      {
        status: 200,
        description: 'With `stream: true`: Anthropic’s events, from `message_start` to `message_stop`.',
        contentType: 'text/event-stream',
      },
    ],
    problems: metered,
    errors: 'anthropic',
  },
  {
    method: 'get',
    path: '/v1/models',
    id: 'listModels',
    tag: 'language',
    summary: 'The models that can be called here, with their prices',
    description: 'Open to everyone. With the header `anthropic-version` the list is in Anthropic’s shape.',
    access: 'anyone',
    answers: [{ status: 200, description: 'All of them.', schema: z.union([ModelList, AnthropicModelList]) }],
    problems: [...refused],
    errors: 'openai',
  },
  {
    method: 'get',
    path: '/v1/models/{id}',
    id: 'getModel',
    tag: 'language',
    summary: 'One model',
    description: 'Ids contain a slash (`vendor/name`); it may be sent as it is or percent-encoded.',
    access: 'anyone',
    parameters: [pathId('id', '`vendor/name`, or the bare name where one vendor has it.')],
    answers: [{ status: 200, description: 'The model.', schema: z.union([Model, AnthropicModel]) }],
    problems: ['model_not_found', 'model_not_priced', ...refused],
    errors: 'openai',
  },
]
