import { expect, test } from 'vitest'
import { isProblem } from '#shared/http/problems'
import type { LanguageRequest } from '../spec/language-model.ts'
import { inlineImages, inlineImagesOfBody } from './inline-images.ts'

const { signal } = new AbortController()
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const data = Buffer.from(png).toString('base64')
const cat = 'https://pictures.example/cat.png'

function serving(answer: (url: string) => Response = () => new Response(png)) {
  const asked: string[] = []
  const fetch = async (input: RequestInfo | URL) => {
    asked.push(String(input))
    return answer(String(input))
  }
  return { asked, options: { signal, fetch: fetch as typeof globalThis.fetch } }
}
const shown = (url: string) => ({ type: 'image' as const, source: { kind: 'url' as const, url } })
const request = (...urls: string[]): LanguageRequest => ({
  messages: [
    { role: 'system', content: [{ type: 'text', text: 'Look.' }] },
    { role: 'user', content: [...urls.map(shown), { type: 'tool-result', callId: 'c', content: urls.map(shown) }] },
  ],
})
const body = (...urls: string[]) => ({
  model: 'm',
  messages: [
    { role: 'system', content: 'Look.' },
    { role: 'user', content: urls.map((url) => ({ type: 'image_url', image_url: { url, detail: 'low' } })) },
  ],
})

test('what has no address is left as it is, the same object', async () => {
  const { options, asked } = serving()
  const plain = request()
  expect(await inlineImages(plain, options)).toBe(plain)
  const inline = body(`data:image/png;base64,${data}`)
  expect(await inlineImagesOfBody(inline, options)).toBe(inline)
  expect(asked).toEqual([])
})

test('an image behind an address is fetched once and put in its place, also in the result of a tool', async () => {
  const { options, asked } = serving()
  const { messages } = await inlineImages(request(cat), options)
  const source = { kind: 'base64', mediaType: 'image/png', data }
  expect(messages[1]!.content).toMatchObject([{ source }, { content: [{ source }] }])
  expect(asked).toEqual([cat])
})

test('so it is in what a caller of the same dialect wrote, and nothing else of it changes', async () => {
  const { options } = serving()
  const inlined = await inlineImagesOfBody(body(cat), options)
  expect(inlined).toEqual(body(`data:image/png;base64,${data}`))
})

test.each([
  ['https://127.0.0.1/cat.png', 'not a public address'],
  ['https://metadata.google.internal/cat.png', 'not a public name'],
])('%s is never asked for: %s', async (url) => {
  const { options, asked } = serving()
  const problem = await inlineImagesOfBody(body(url), options).catch((error: unknown) => error)
  expect(problem).toMatchObject({
    code: 'invalid_request',
    details: { param: 'messages[1].content[0].image_url.url' },
  })
  expect(asked).toEqual([])
})

test.each([
  ['a redirect into a private network', () => Response.redirect('https://10.0.0.1/a.png', 302)],
  ['a page', () => new Response('<html>')],
  ['a refusal', () => new Response('', { status: 404 })],
])('%s is the caller’s fault, and no image', async (_, answer) => {
  const { options } = serving(answer)
  const problem = await inlineImages(request(cat), options).catch((error: unknown) => error)
  expect(isProblem(problem) && problem.code).toBe('invalid_request')
})

test('there is an end to how many are fetched', async () => {
  const { options } = serving()
  const many = Array.from({ length: 21 }, (_, at) => `https://pictures.example/${at}.png`)
  await expect(inlineImagesOfBody(body(...many), options)).rejects.toMatchObject({ code: 'invalid_request' })
})

test('who leaves in the meantime needs no image', async () => {
  const stop = new AbortController()
  stop.abort(new Error('left'))
  const { options } = serving()
  await expect(inlineImages(request(cat), { ...options, signal: stop.signal })).rejects.toThrow('left')
})
