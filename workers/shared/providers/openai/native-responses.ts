// OpenAI's Responses API for a caller of that dialect. Nothing is ever kept at OpenAI: a conversation belongs to its
// organization here, and another vendor may go on with it.
import type { ModelTraits } from '#shared/contracts/model'
import { unsupportedParameter } from '#shared/http/problems'
import type { Post } from '../kit/post-json.ts'
import type { NativeEndpoint } from '../spec/language-model.ts'

type Body = Record<string, unknown>

const SEALS = 'reasoning.encrypted_content'

const refuse = (parameter: string, what = parameter): never => {
  throw unsupportedParameter(
    parameter,
    `${what} changes what the vendor bills or keeps, and this platform has no price for it. Leave it out.`,
  )
}

/** What is kept at OpenAI, runs there, or is billed beyond tokens. */
const unpriced = ['background', 'conversation', 'prompt', 'previous_response_id', 'context_management']

function refuseUnpriced(body: Body): void {
  for (const parameter of unpriced) if (body[parameter]) refuse(parameter)
  const tier = body['service_tier']
  if (tier && tier !== 'default' && tier !== 'auto') refuse('service_tier')
  for (const tool of Array.isArray(body['tools']) ? body['tools'] : []) {
    const type: unknown = (tool as Body | null)?.['type']
    if (type !== 'function' && type !== 'custom') refuse('tools', `The tool “${String(type).slice(0, 60)}”`)
  }
}

/** Without its seal a thought could not be sent back; a model that does not reason refuses to be asked for one. */
function inclusionsOf(body: Body, traits: ModelTraits): { include?: string[] } {
  const asked = (Array.isArray(body['include']) ? (body['include'] as string[]) : []).filter((name) => name !== SEALS)
  const include = traits.abilities.includes('reasoning') ? [...asked, SEALS] : asked
  return include.length > 0 ? { include } : {}
}

export function toNativeResponsesBody(body: Body, traits: ModelTraits): Body {
  refuseUnpriced(body)
  const { include: _, ...rest } = body
  return {
    ...rest,
    ...inclusionsOf(body, traits),
    store: false,
    // `auto` may mean a dearer tier, by the vendor's project settings; the price in the catalogue is the default's.
    ...(body['service_tier'] === 'auto' && { service_tier: 'default' }),
  }
}

/** What makes a prompt as long as it is. */
const counted = [
  'model',
  'input',
  'instructions',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'text',
  'reasoning',
  'truncation',
]

const toCountedBody = (body: Body): Body =>
  Object.fromEntries(Object.entries(body).filter(([name]) => counted.includes(name)))

export const createResponsesEndpoint = ({
  traits,
  post,
  count,
}: {
  traits: ModelTraits
  post: Post
  count: NonNullable<NativeEndpoint['countTokens']>
}): NativeEndpoint => ({
  dialect: 'openai-responses',
  send: async (body, options) => post(toNativeResponsesBody(body, traits), options),
  countTokens: async (body, options) => count(toCountedBody(toNativeResponsesBody(body, traits)), options),
})
