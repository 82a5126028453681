// Which addresses of a zone go straight to their service, without the hop through the gateway. A route needs a domain
// of one's own: on workers.dev, and with `OWN_ROUTES=off`, everything comes through the gateway and works the same.
const paths = {
  chat: ['/v1/chat/*', '/v1/messages*', '/v1/responses*', '/v1/embeddings', '/v1/moderations'],
}

export function ownRoutesOf(name, { PUBLIC_URL: address, OWN_ROUTES: setting = 'on' }) {
  if (!paths[name] || !address || setting === 'off') return []
  const { protocol, host } = new URL(address)
  if (protocol !== 'https:' || host.endsWith('.workers.dev')) return []
  return paths[name].map((path) => `${host}${path}`)
}
