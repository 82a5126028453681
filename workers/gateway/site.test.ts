import { expect, test } from 'vitest'
import { createTestGateway, ORIGIN } from './testing.ts'

test.each([
  [{}, '/en/'],
  [{ 'accept-language': 'ar-EG,ar;q=0.9,en;q=0.8' }, '/ar/'],
  [{ 'accept-language': 'en;q=0.3, ar;q=0.7' }, '/ar/'],
  [{ 'accept-language': 'fr-FR,fr' }, '/en/'],
  [{ 'accept-language': 'ar;q=0' }, '/en/'],
  [{ 'accept-language': 'ar', cookie: 'a=b; riwaq-locale=en' }, '/en/'],
  [{ cookie: 'riwaq-locale=ar' }, '/ar/'],
  [{ cookie: 'riwaq-locale=xx', 'accept-language': 'ar' }, '/ar/'],
])('a visitor with %j lands on %s', async (headers: Record<string, string>, location) => {
  const response = await createTestGateway().call('/?ref=1', { headers })
  expect(response.status).toBe(302)
  expect(response.headers.get('location')).toBe(`${location}?ref=1`)
  expect(response.headers.get('vary')).toContain('accept-language')
})

test.each(['/en/chat/conv_1m80', '/ar/chat/conv_1m80/', '/pt-BR/chat/x'])(
  '%s is shown by the chat page of its language',
  async (path) => {
    const gateway = createTestGateway()
    await gateway.call(path)
    expect(new URL(gateway.through[0]!.request.url).pathname).toBe(`/${path.split('/')[1]}/chat`)
  },
)

test.each(['/en/chat/', '/en/chat', '/en/chat/a/b', '/english/chat/x'])('%s is a page like any other', async (path) => {
  const gateway = createTestGateway()
  await gateway.call(path)
  expect(new URL(gateway.through[0]!.request.url).pathname).toBe(path)
})

test('pages are only read', async () => {
  const { response, problem } = await createTestGateway().problemOf('/en/', { method: 'POST', body: 'x' })
  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBe('GET, HEAD')
  expect(problem.code).toBe('method_not_allowed')
})

test('an unknown method is refused', async () => {
  const response = await createTestGateway().call('/api/keys', { method: 'PROPFIND' })
  expect(response.status).toBe(405)
})

test('a page that is not there is a page, with the status that says so', async () => {
  const gateway = createTestGateway()
  gateway.state.page = () =>
    new Response('<h1>Not found</h1>', { status: 404, headers: { 'content-type': 'text/html' } })
  const response = await gateway.call('/en/nothing')
  expect(response.status).toBe(404)
  expect(await response.text()).toContain('Not found')
})

test('a page says by whole addresses in which languages it exists', async () => {
  const response = await createTestGateway().call('/ar/docs/api?from=here')
  expect(response.headers.get('link')).toBe(
    `<${ORIGIN}/en/docs/api>; rel="alternate"; hreflang="en", <${ORIGIN}/ar/docs/api>; rel="alternate"; hreflang="ar"`,
  )
})

test('the page of a conversation is, to search engines, the chat page', async () => {
  const response = await createTestGateway().call('/en/chat/conv_1m80')
  expect(response.headers.get('link')).toContain(`<${ORIGIN}/en/chat>; rel="canonical"`)
  expect(response.headers.get('link')).not.toContain('conv_1m80')
})

test.each([
  ['/favicon.svg', 200, 'image/svg+xml'],
  ['/en/nothing', 404, 'text/html'],
  ['/enough', 200, 'text/html'],
])('%s, which is no page of a language, says nothing of languages', async (path, status, type) => {
  const gateway = createTestGateway()
  gateway.state.page = () => new Response('', { status, headers: { 'content-type': type } })
  expect((await gateway.call(path)).headers.get('link')).toBeNull()
})
