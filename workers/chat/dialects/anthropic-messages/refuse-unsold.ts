import { unsupportedParameter } from '#shared/http/problems'
import { isSaid } from '../loose.ts'

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

export function refuseUnsold(body: Record<string, unknown>): void {
  for (const [param, why] of Object.entries(neverServed))
    if (isSaid(body[param])) throw unsupportedParameter(param, why)
}
