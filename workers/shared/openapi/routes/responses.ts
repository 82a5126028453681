// The Responses API, and what is kept of its answers.
import {
  CountInputTokensRequest,
  InputTokenCount,
  ResponseDeleted,
  ResponseItemList,
  ResponseObject,
  ResponsesRequest,
} from '../../contracts/responses.ts'
import {
  cacheParameters,
  idempotencyKey,
  pathId,
  routingParameters,
  text,
  type Parameter,
  type Route,
} from '../route.ts'
import { metered, meteredHeaders, streamed } from './language.ts'

const common = { tag: 'language', access: 'key', errors: 'openai' } as const
const id = pathId('id', 'Of a response that is kept: `resp_…`.')

const include: Parameter = {
  name: 'include',
  in: 'query',
  description: '`reasoning.encrypted_content` shows the seals of reasoning.',
  schema: { type: 'array', items: text },
}

export const responseRoutes: Route[] = [
  {
    ...common,
    method: 'post',
    path: '/v1/responses',
    id: 'createResponse',
    summary: 'A response, in the shape of OpenAI’s Responses API',
    description: `Every model can be called, whoever made it, and may go on where another one stopped. ${streamed}`,
    parameters: [idempotencyKey, ...cacheParameters, ...routingParameters],
    request: {
      schema: ResponsesRequest,
      example: { model: 'riwaq/sandbox-guide', input: 'How do I make an API key?' },
    },
    answers: [
      { status: 200, description: 'The whole response.', schema: ResponseObject, headers: meteredHeaders },
      {
        status: 200,
        description: 'With `stream: true`: numbered events, from `response.created` to `response.completed`.',
        contentType: 'text/event-stream',
      },
    ],
    problems: [...metered, 'not_found'],
  },
  {
    ...common,
    method: 'get',
    path: '/v1/responses/{id}',
    id: 'getResponse',
    summary: 'A response that is kept',
    parameters: [
      id,
      include,
      {
        name: 'stream',
        in: 'query',
        description: 'As the stream that it was.',
        schema: { type: 'string', enum: ['true', 'false'] },
      },
      {
        name: 'starting_after',
        in: 'query',
        description: 'Of the stream, what came after the event of this number.',
        schema: { type: 'integer', minimum: 0 },
      },
    ],
    answers: [
      { status: 200, description: 'The response.', schema: ResponseObject },
      { status: 200, description: 'With `stream=true`: its events.', contentType: 'text/event-stream' },
    ],
    problems: ['not_found'],
  },
  {
    ...common,
    method: 'delete',
    path: '/v1/responses/{id}',
    id: 'deleteResponse',
    summary: 'Delete a response',
    description: 'What went on from it stays.',
    parameters: [id],
    answers: [{ status: 200, description: 'It is deleted.', schema: ResponseDeleted }],
    problems: ['not_found'],
  },
  {
    ...common,
    method: 'get',
    path: '/v1/responses/{id}/input_items',
    id: 'listResponseInputItems',
    summary: 'What the model was given for a response',
    description: 'The conversation before it included.',
    parameters: [
      id,
      include,
      {
        name: 'limit',
        in: 'query',
        description: 'How many, from 1 to 100.',
        schema: { type: 'integer', minimum: 1, maximum: 100 },
      },
      {
        name: 'order',
        in: 'query',
        description: '`desc`, the newest first, unless said otherwise.',
        schema: { type: 'string', enum: ['asc', 'desc'] },
      },
      { name: 'after', in: 'query', description: 'The id of the last item of the page before.', schema: text },
    ],
    answers: [{ status: 200, description: 'A page of items.', schema: ResponseItemList }],
    problems: ['not_found'],
  },
  {
    ...common,
    method: 'post',
    path: '/v1/responses/input_tokens',
    id: 'countInputTokens',
    summary: 'How long a request would be',
    description: 'Costs nothing. OpenAI’s own count where the model is theirs, else our estimate.',
    request: {
      schema: CountInputTokensRequest,
      example: { model: 'riwaq/sandbox-guide', input: 'How do I make an API key?' },
    },
    answers: [{ status: 200, description: 'The tokens of the prompt.', schema: InputTokenCount }],
    problems: [
      'unsupported_parameter',
      'model_not_found',
      'model_not_priced',
      'model_not_allowed',
      'not_found',
      'too_many_parallel_requests',
      'payload_too_large',
      'client_closed_request',
    ],
  },
]
