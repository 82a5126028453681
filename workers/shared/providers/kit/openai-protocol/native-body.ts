// What a caller of OpenAI's dialect sends, before it is passed on untranslated: the limit under the name that the
// vendor knows, and nothing that the vendor would bill and the catalogue has no price for.
import { unsupportedParameter } from '#shared/http/problems'
import type { Quirks } from './quirks.ts'

type Body = Record<string, unknown>

const refuse = (parameter: string): never => {
  throw unsupportedParameter(
    parameter,
    `${parameter} changes what the vendor bills, and this platform has no price for it. Leave it out.`,
  )
}

function refuseUnpriced(body: Body): void {
  if (body['service_tier'] && body['service_tier'] !== 'default' && body['service_tier'] !== 'auto')
    refuse('service_tier')
  if (body['web_search_options']) refuse('web_search_options')
  if (body['audio'] || (Array.isArray(body['modalities']) && body['modalities'].includes('audio'))) refuse('modalities')
}

/**
 * What routers and proxies in front of many models understand: another model than the one that is priced, tools
 * that are billed by the use, another server, or a prompt that grows where nobody counts it.
 */
const neverOfOwnServers = [
  'models',
  'fallbacks',
  'route',
  'provider',
  'preset',
  'plugins',
  'transforms',
  'api_base',
  'base_url',
  'api_key',
  'api_version',
  'custom_llm_provider',
  'model_list',
  'chat_template',
  'documents',
  'best_of',
  'use_beam_search',
]

/** `auto` may mean a dearer tier, by the vendor's project settings; the price in the catalogue is the default's. */
const withDefaultTier = (body: Body): Body =>
  body['service_tier'] === 'auto' ? { ...body, service_tier: 'default' } : body

export function toNativeBody(body: Body, quirks: Quirks): Body {
  refuseUnpriced(body)
  if (quirks.unknownParameters)
    for (const parameter of neverOfOwnServers)
      if (body[parameter] !== undefined && body[parameter] !== null) refuse(parameter)
  const other = quirks.maxTokens === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
  const fitted = withDefaultTier(body)
  if (fitted[other] === undefined) return fitted
  const { [other]: limit, ...rest } = fitted
  return { ...rest, [quirks.maxTokens]: rest[quirks.maxTokens] ?? limit }
}
