// Which of the caller's headers go on to a vendor of the same dialect.

/** Betas that change how an answer comes, not what it costs. */
const harmlessBetas = [
  'interleaved-thinking-',
  'fine-grained-tool-streaming-',
  'prompt-caching-',
  'token-efficient-tools-',
  'output-128k-',
  'structured-outputs-',
  'effort-',
]

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
