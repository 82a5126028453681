import { expect, test } from 'vitest'
import { readAll } from './read-all.ts'

const { signal } = new AbortController()

const reader = (pages: { data: string[]; next_cursor: string | null }[]) => {
  const cursors: unknown[] = []
  const read = async <T>(_path: string, { query }: { query: Record<string, string | number | null> }) => {
    cursors.push(query.cursor)
    return pages[cursors.length - 1] as T
  }
  return { cursors, read }
}

test('a short list is read to its end', async () => {
  const { cursors, read } = reader([
    { data: ['a'], next_cursor: 'x' },
    { data: ['b'], next_cursor: null },
  ])
  expect(await readAll('/list', { signal, read })).toEqual(['a', 'b'])
  expect(cursors).toEqual([null, 'x'])
})

test('a list without end is cut', async () => {
  const endless = Array.from({ length: 9 }, (_, index) => ({ data: [String(index)], next_cursor: 'more' }))
  expect(await readAll('/list', { signal, pages: 3, read: reader(endless).read })).toEqual(['0', '1', '2'])
})
