import { invalidRequest } from '#shared/http/problems'
import { checkPublicUrl, type UrlFault } from '#shared/lib/public-url'

const sentences: Record<UrlFault, string> = {
  not_a_url: 'url: must be an address, like https://example.com/webhooks',
  scheme: 'url: must begin with https://',
  credentials: 'url: must not hold a user name or a password; check the signature instead',
  port: 'url: must use port 443, 2053, 2083, 2087, 2096 or 8443',
  host: 'url: must be on the public internet, not on a private network',
}

/** The address as it will be asked. */
export function requireAddress(url: string, { local }: { local: boolean }): string {
  const checked = checkPublicUrl(url, { local })
  if (!checked.ok) throw invalidRequest(sentences[checked.fault], 'url')
  // What comes after # never leaves a client.
  checked.url.hash = ''
  return checked.url.href
}
