import { unsupportedParameter } from '#shared/http/problems'
import { isSaid, listOf } from '../loose.ts'

/** What costs beside the tokens or is bound to one account at Anthropic: it has no price here. */
const neverServed: Record<string, string> = {
  container: 'Containers are not part of this endpoint.',
  mcp_servers: 'Remote MCP servers are not part of this endpoint; call their tools yourself.',
  context_management: 'Context editing is not part of this endpoint.',
  inference_geo: 'Regional inference is priced otherwise and is not offered.',
  user_profile_id: 'Profiles at the vendor are not part of this endpoint.',
  workspace_id: 'Workspaces at the vendor are not part of this endpoint.',
  diagnostics: 'Diagnostics are not part of this endpoint.',
}

export const isNeverServed = (parameter: string): boolean => parameter in neverServed

/** Tools that run at the caller's; Anthropic's own (web search, code execution…) are billed by the use. */
const callersTool = /^(?:custom|bash_\d+|text_editor_\d+|computer_\d+|memory_\d+)$/

const isSold = ({ type }: Record<string, unknown>): boolean =>
  !isSaid(type) || (typeof type === 'string' && callersTool.test(type))

export function refuseUnsold(body: Record<string, unknown>): void {
  for (const [param, why] of Object.entries(neverServed))
    if (isSaid(body[param])) throw unsupportedParameter(param, why)
  const unsold = listOf(body['tools']).find((tool) => !isSold(tool))
  if (unsold)
    throw unsupportedParameter(
      'tools',
      `The tool “${String(unsold['type']).slice(0, 60)}” runs at Anthropic and is billed by the use: it has no price here.`,
    )
}
