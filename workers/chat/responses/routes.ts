// HTTP of /v1/responses: asking, and what is kept of it.
import { z } from 'zod'
import { InputItemsQuery } from '#shared/contracts/responses'
import { isProblem, Problem, unsupportedParameter } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import type { ServiceApp } from '#shared/http/create-service-app'
import { parseWith } from '#shared/http/validate'
import { answerRoute } from '../answer-route.ts'
import { ledgerOf, type ChatCollaborators, type ChatEnv, type ChatRequest } from '../context.ts'
import { openAIResponses } from '../dialects/openai-responses/index.ts'
import { toShown } from '../dialects/openai-responses/response-object.ts'
import { requireKnown } from '../require-known.ts'
import { countInputTokens } from './count-input-tokens.ts'
import { listInputItems } from './list-input-items.ts'
import { replayEvents } from './replay-events.ts'
import type { StoredResponse } from './stored-responses.ts'

const { path } = openAIResponses

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')

const RetrieveQuery = z.object({
  stream: flag.default(false),
  starting_after: z.coerce.number().int().min(0).optional(),
})

/** The same thing has another name in this API than in the others. */
const parameterNames: Record<string, string> = {
  messages: 'input',
  max_tokens: 'max_output_tokens',
  max_completion_tokens: 'max_output_tokens',
  response_format: 'text.format',
  reasoning_effort: 'reasoning.effort',
}

function inOurWords(error: unknown): unknown {
  if (!isProblem(error) || !error.details.param) return error
  const said = error.details.param
  // A parameter of a caller’s own making may be called like something that every object has.
  const param = Object.hasOwn(parameterNames, said) ? parameterNames[said] : undefined
  return param ? new Problem(error.code, error.message, { ...error.details, param }) : error
}

const noSuch = () =>
  new Problem('not_found', 'There is no such response. It was not kept, has expired, or was deleted.')

const idOf = (c: ChatRequest): string => c.req.param('id') ?? ''

/** Lists are written `include=a&include=b` or `include[]=a`. */
const inclusionsOf = (c: ChatRequest): string[] => [
  ...(c.req.queries('include') ?? []),
  ...(c.req.queries('include[]') ?? []),
]

async function getStored(c: ChatRequest, outside: ChatCollaborators, organizationId: string): Promise<StoredResponse> {
  const stored = await outside.responsesOf(c.env).find({ organizationId, id: idOf(c), now: outside.clock() })
  if (!stored) throw noSuch()
  return stored
}

const getOwn = (c: ChatRequest, outside: ChatCollaborators): Promise<StoredResponse> =>
  getStored(c, outside, requirePermission(c.get('principal'), 'chat.use').organizationId)

async function retrieve(c: ChatRequest, outside: ChatCollaborators): Promise<Response> {
  const stored = await getOwn(c, outside)
  const { stream, starting_after: startingAfter } = parseWith(RetrieveQuery, {
    stream: c.req.query('stream'),
    starting_after: c.req.query('starting_after'),
  })
  const response = toShown(stored.response, inclusionsOf(c))
  if (!stream) return c.json(response)
  return c.body(replayEvents(response, startingAfter).join(''), 200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
  })
}

async function remove(c: ChatRequest, outside: ChatCollaborators): Promise<Response> {
  const { organizationId } = requirePermission(c.get('principal'), 'chat.use')
  const id = idOf(c)
  if (!(await outside.responsesOf(c.env).remove({ organizationId, id, now: outside.clock() }))) throw noSuch()
  return c.json({ id, object: 'response', deleted: true })
}

async function listItems(c: ChatRequest, outside: ChatCollaborators): Promise<Response> {
  const { input } = await getOwn(c, outside)
  const query = parseWith(InputItemsQuery, {
    limit: c.req.query('limit'),
    order: c.req.query('order'),
    after: c.req.query('after'),
  })
  return c.json(listInputItems(input, { ...query, include: inclusionsOf(c) }))
}

const knownCaller = (c: ChatRequest) => {
  const principal = c.get('principal')
  const organizationId = principal.kind === 'anonymous' ? '' : principal.organizationId
  return requireKnown({ principal, action: 'chat.use', ledger: ledgerOf(c.env, organizationId) })
}

async function cancel(c: ChatRequest, outside: ChatCollaborators): Promise<Response> {
  const { organizationId } = await knownCaller(c)
  await getStored(c, outside, organizationId)
  throw unsupportedParameter(
    'background',
    'Only a response with `background: true` can be cancelled, and answers here are never given in the background. Leave the stream to stop one.',
  )
}

async function compact(c: ChatRequest): Promise<Response> {
  await knownCaller(c)
  throw new Problem(
    'not_found',
    'Compacting (POST /v1/responses/compact) is not part of this API. Use `truncation: "auto"`, or go on from a summary of your own.',
  )
}

const only = (allow: string) => () => {
  throw new Problem('method_not_allowed', `This address takes ${allow}.`, { headers: { allow } })
}

export function responseRoutes(app: ServiceApp<ChatEnv>, outside: ChatCollaborators): void {
  const tellInOurWords = (error: unknown): never => {
    throw inOurWords(error)
  }
  app.post(path, (c) => answerRoute(c, openAIResponses, outside).catch(tellInOurWords))
  app.post(`${path}/input_tokens`, (c) => countInputTokens(c, outside).catch(tellInOurWords))
  app.post(`${path}/compact`, compact)
  app.post(`${path}/:id/cancel`, (c) => cancel(c, outside))
  app.get(`${path}/:id/input_items`, (c) => listItems(c, outside))
  app.get(`${path}/:id`, (c) => retrieve(c, outside))
  app.delete(`${path}/:id`, (c) => remove(c, outside))
  app.all(path, only('POST'))
  app.all(`${path}/:id`, only('GET, DELETE'))
  app.all(`${path}/:id/input_items`, only('GET'))
  app.all(`${path}/:id/cancel`, only('POST'))
}
