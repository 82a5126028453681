// What a caller of Anthropic's dialect sends, before it is passed on untranslated: nothing that Anthropic would bill
// and the catalogue has no price for.
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

/** A cache that lasts an hour is written at twice the price of the input, where the catalogue has that of five minutes. */
function refuseLongCache(value: unknown): void {
  if (Array.isArray(value)) return value.forEach(refuseLongCache)
  if (!isObject(value)) return
  const mark = value['cache_control']
  if (isObject(mark) && mark['ttl'] !== undefined && mark['ttl'] !== '5m')
    refuse('cache_control', 'A cache_control.ttl other than 5m')
  if (value['content'] !== undefined) refuseLongCache(value['content'])
}

export function toNativeBody(body: Body): Body {
  if (body['speed'] && body['speed'] !== 'standard') refuse('speed')
  if (body['inference_geo'] && body['inference_geo'] !== 'global') refuse('inference_geo')
  if (body['container']) refuse('container')
  if (body['mcp_servers']) refuse('mcp_servers')
  refuseTools(body['tools'])
  for (const part of ['system', 'messages', 'tools']) refuseLongCache(body[part])
  refuseLongCache(body)
  return body
}
