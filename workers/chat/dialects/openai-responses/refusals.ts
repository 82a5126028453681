// What the Responses API has and this platform does not sell, each refused by its name.
import { responseItemTypes, type ResponsesRequest } from '#shared/contracts/responses'
import { unsupportedParameter, type Problem } from '#shared/http/problems'
import { isRecord, isSaid } from '../loose.ts'

/** What costs beside the tokens, is kept at the vendor, or has no price here. */
export const neverServed: Record<string, string> = {
  access_programs: 'Access programs of the vendor are not part of this endpoint.',
  context_management: 'Compaction is not part of this endpoint; `truncation: "auto"` leaves out the oldest items.',
  conversation: 'Conversations at the vendor are not part of this endpoint; go on with `previous_response_id`.',
  image: 'Options of image compression are not part of this endpoint.',
  moderation: 'Moderation is not part of this endpoint; ask POST /v1/moderations.',
  prompt: 'Prompt templates at the vendor are not part of this endpoint; send `instructions` and `input`.',
  personality: 'Personalities are not part of this endpoint; send `instructions`.',
}

/** Tools that run at the caller's; all others are billed by the use. */
const callersTools = new Set(['function', 'custom'])

const servedInclusions = new Set([
  'reasoning.encrypted_content',
  'message.input_image.image_url',
  'message.output_text.logprobs',
])

const typeOf = (value: unknown): unknown => (isRecord(value) ? value['type'] : undefined)

const named = (type: string): string => `“${type.slice(0, 60)}”`

function refuseHostedTools(tools: unknown): void {
  if (!Array.isArray(tools)) return
  for (const [at, tool] of tools.entries()) {
    const type = typeOf(tool)
    if (typeof type === 'string' && !callersTools.has(type))
      throw unsupportedParameter(
        `tools[${at}].type`,
        `The tool ${named(type)} runs at the vendor and is billed beyond tokens. Use tools of type “function”.`,
      )
  }
}

function refuseHostedChoice(choice: unknown): void {
  const type = typeOf(choice)
  if (typeof type === 'string' && type !== 'allowed_tools' && !callersTools.has(type))
    throw unsupportedParameter(
      'tool_choice',
      `The choice ${named(type)} names a tool that is not part of this endpoint.`,
    )
}

function refuseForeignItems(input: unknown): void {
  if (!Array.isArray(input)) return
  for (const [at, item] of input.entries()) {
    const type = typeOf(item)
    if (typeof type === 'string' && !Object.hasOwn(responseItemTypes, type))
      throw unsupportedParameter(`input[${at}].type`, `Items of type ${named(type)} are not part of this endpoint.`)
  }
}

/** Before the schema is asked, so that what is known but not sold is told apart from what is malformed. */
export function refuseUnsold(body: unknown): void {
  if (!isRecord(body)) return
  for (const [param, why] of Object.entries(neverServed))
    if (isSaid(body[param])) throw unsupportedParameter(param, why)
  if (body['background'] === true)
    throw unsupportedParameter('background', 'Answers are given while the caller waits; leave `background` out.')
  const tier = body['service_tier']
  if (isSaid(tier) && tier !== 'auto' && tier !== 'default')
    throw unsupportedParameter('service_tier', 'Only the tiers `auto` and `default` are priced here.')
  const unserved = Array.isArray(body['include'])
    ? body['include'].find((name) => typeof name === 'string' && !servedInclusions.has(name))
    : undefined
  if (typeof unserved === 'string')
    throw unsupportedParameter('include', `${named(unserved)} belongs to a tool that is not part of this endpoint.`)
  refuseHostedTools(body['tools'])
  refuseHostedChoice(body['tool_choice'])
  refuseForeignItems(body['input'])
}

interface Refusal {
  param: string
  refused: (body: ResponsesRequest) => boolean
  why: string
}

/** What only OpenAI's own models can do. */
const untranslatable: Refusal[] = [
  {
    param: 'top_logprobs',
    refused: (body) => (body.top_logprobs ?? 0) > 0,
    why: 'This model does not report token probabilities.',
  },
  {
    param: 'include',
    refused: (body) => body.include?.includes('message.output_text.logprobs') === true,
    why: 'This model does not report token probabilities.',
  },
  {
    param: 'tools',
    refused: (body) => (body.tools ?? []).some((tool) => tool.type === 'custom'),
    why: 'This model takes tools of type `function` only.',
  },
  {
    param: 'tool_choice',
    refused: ({ tool_choice: choice }) => typeof choice === 'object' && choice?.type === 'custom',
    why: 'This model takes `none`, `auto`, `required` or functions.',
  },
  {
    param: 'input',
    refused: ({ input }) =>
      Array.isArray(input) &&
      input.some((item) => item.type === 'custom_tool_call' || item.type === 'custom_tool_call_output'),
    why: 'This model takes tool calls of type `function_call` only.',
  },
]

export function findUntranslatable(body: ResponsesRequest): Problem | null {
  const found = untranslatable.find(({ refused }) => refused(body))
  return found ? unsupportedParameter(found.param, found.why) : null
}
