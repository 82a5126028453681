import { expect, test } from 'vitest'
import { createTestGateway } from './testing.ts'

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
