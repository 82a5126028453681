// What a caller of Anthropic's dialect sends, before it is passed on untranslated: nothing that Anthropic would bill
// and the catalogue has no price for.
import type { ModelTraits } from '#shared/contracts/model'
import { unsupportedParameter } from '#shared/http/problems'

type Body = Record<string, unknown>

/** Tools that run at the caller's; Anthropic's own (web search, code execution…) are billed by the use. */
const callersTool = /^(?:custom|bash_\d+|text_editor_\d+|computer_\d+|memory_\d+)$/

const refuse = (parameter: string, what = parameter): never => {
  throw unsupportedParameter(
    parameter,
    `${what} changes what the vendor bills, and this platform has no price for it. Leave it out.`,
  )
}

const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null

function refuseTools(tools: unknown): void {
  if (!Array.isArray(tools)) return
  for (const tool of tools) {
    const type: unknown = isObject(tool) ? tool['type'] : undefined
    if (typeof type === 'string' && !callersTool.test(type)) refuse('tools', `The tool “${type.slice(0, 60)}”`)
  }
}

/** A cache that lasts an hour is dearer to write: only where the catalogue has its price. */
function refuseLongCache(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(refuseLongCache)
  if (!isObject(value)) return
  const mark = value['cache_control']
  if (isObject(mark) && mark['ttl'] !== undefined && mark['ttl'] !== '5m')
    refuse('cache_control', 'A cache_control.ttl other than 5m')
  if (value['source'] !== undefined) refuseLongCache(value['source'])
  if (value['content'] !== undefined) refuseLongCache(value['content'])
}

/** A thought without a seal is another vendor's, and would be refused as forged. */
const isForeignThought = (block: unknown): boolean =>
  isObject(block) && block['type'] === 'thinking' && !block['signature']

function withoutForeignThoughts(body: Body): Body {
  const messages: unknown[] = Array.isArray(body['messages']) ? body['messages'] : []
  const contentOf = (message: unknown): unknown[] =>
    isObject(message) && Array.isArray(message['content']) ? message['content'] : []
  if (!messages.some((message) => contentOf(message).some(isForeignThought))) return body
  const cleaned = messages.map((message) => {
    const content = contentOf(message)
    if (!isObject(message) || !content.some(isForeignThought)) return message
    return { ...message, content: content.filter((block) => !isForeignThought(block)) }
  })
  // A turn that was nothing but such thoughts has nothing left to say.
  const said = cleaned.filter((message, at) => messages[at] === message || contentOf(message).length > 0)
  return { ...body, messages: said }
}

export function toNativeBody(body: Body, traits: Pick<ModelTraits, 'abilities'>): Body {
  if (body['speed'] && body['speed'] !== 'standard') refuse('speed')
  if (body['inference_geo'] && body['inference_geo'] !== 'global') refuse('inference_geo')
  if (body['container']) refuse('container')
  if (body['mcp_servers']) refuse('mcp_servers')
  refuseTools(body['tools'])
  if (!traits.abilities.includes('long-cache')) {
    for (const part of ['system', 'messages', 'tools']) refuseLongCache(body[part])
    refuseLongCache(body)
  }
  return withoutForeignThoughts(body)
}
