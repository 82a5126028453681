import { afterEach, expect, test, vi } from 'vitest'
import { firstAnswersScript, takeFirstAnswer } from './first-answers.ts'

const before = globalThis.window
afterEach(() => void (globalThis.window = before))

/** Runs it as a page's head does. */
function runIn(answers: Record<string, unknown>) {
  const asked: string[] = []
  const pictures: string[] = []
  const fake = { riwaqFirst: undefined } as unknown as Window & typeof globalThis
  globalThis.window = fake
  class Picture {
    set src(address: string) {
      pictures.push(address)
    }
  }
  const fetch = async (path: string) => {
    asked.push(path)
    if (!(path in answers)) throw new TypeError('offline')
    return Response.json(answers[path])
  }
  const document = {
    currentScript: { dataset: { first: '/api/jobs /api/items?limit=2', pictures: '/api/items?limit=2' } },
  }
  const run = new Function('document', 'window', 'fetch', 'Image', firstAnswersScript) as (...all: unknown[]) => void
  run(document, fake, fetch, Picture)
  return { asked, pictures }
}

const items = Array.from({ length: 9 }, (_, at) => ({ urls: { thumbnail: at === 1 ? null : `/t/${at}` } }))

test('what a page shows first is asked for at once, with the first of its pictures', async () => {
  const { asked, pictures } = runIn({ '/api/jobs': { data: [] }, '/api/items?limit=2': { data: items } })
  expect(asked).toEqual(['/api/jobs', '/api/items?limit=2'])
  const answer = await takeFirstAnswer('/api/items?limit=2')!
  expect(((await answer.json()) as { data: unknown[] }).data).toHaveLength(9)
  await vi.waitFor(() => expect(pictures).toEqual(['/t/0', '/t/2', '/t/3', '/t/4', '/t/5']))
})

test('an answer is given once, and to those who ask for just that', async () => {
  runIn({ '/api/jobs': { data: [] }, '/api/items?limit=2': { data: [] } })
  expect(takeFirstAnswer('/api/jobs', 'POST')).toBeNull()
  expect(takeFirstAnswer('/api/jobs?cursor=x')).toBeNull()
  expect(takeFirstAnswer('/api/jobs')).not.toBeNull()
  expect(takeFirstAnswer('/api/jobs')).toBeNull()
})

test('a page without a network says so itself', async () => {
  const { pictures } = runIn({})
  await expect(takeFirstAnswer('/api/items?limit=2')).rejects.toThrow('offline')
  expect(pictures).toEqual([])
})
