// Which of the caller's headers go on to a vendor of the same dialect.
import { unsupportedParameter } from '#shared/http/problems'

/** Betas that change how an answer comes, not what it costs. */
const harmlessBetas = [
  'interleaved-thinking-',
  'fine-grained-tool-streaming-',
  'prompt-caching-',
  'token-efficient-tools-',
  'output-128k-',
  'structured-outputs-',
  'effort-',
  'extended-cache-ttl-',
  'computer-use-',
  'pdfs-',
  'search-results-',
]

/** Parameters that Anthropic's client sends as headers, and that mean something in one account at the vendor alone. */
const ofTheAccount = { 'anthropic-workspace-id': 'workspace_id', 'anthropic-user-profile-id': 'user_profile_id' }

export function refuseAccountHeaders(headers: Headers): void {
  for (const [header, parameter] of Object.entries(ofTheAccount))
    if (headers.has(header))
      throw unsupportedParameter(parameter, 'Workspaces and profiles at the vendor are not part of this endpoint.')
}

export function readVendorHeaders(headers: Headers): { vendorHeaders: Record<string, string>; warnings: string[] } {
  const version = headers.get('anthropic-version')
  const asked = (headers.get('anthropic-beta') ?? '')
    .split(',')
    .map((beta) => beta.trim())
    .filter((beta) => beta !== '')
  const sent = asked.filter((beta) => harmlessBetas.some((prefix) => beta.startsWith(prefix)))
  const dropped = asked.filter((beta) => !sent.includes(beta))
  return {
    vendorHeaders: {
      ...(version && { 'anthropic-version': version }),
      ...(sent.length > 0 && { 'anthropic-beta': sent.join(',') }),
    },
    warnings: dropped.map((beta) => `anthropic-beta: ${beta} is not passed on`),
  }
}
