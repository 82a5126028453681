import { expect, test } from 'vitest'
import { itemsOfJobs } from './load-items.ts'
import type { ItemRange } from './load-items.ts'
import { imageItem, imageJob } from './state/testing.ts'

const job = (at: number, ids: string[]) => imageJob({ state: 'succeeded', created_at: at, item_ids: ids })
const item = (id: string, at: number) => imageItem({ id, created_at: at })

function library(pages: ReturnType<typeof item>[][]) {
  const asked: ItemRange[] = []
  return {
    asked,
    ask: async (range: ItemRange) => {
      asked.push(range)
      const at = Number(range.cursor ?? 0)
      return { data: pages[at] ?? [], next_cursor: at + 1 < pages.length ? String(at + 1) : null }
    },
  }
}

test('what was asked for along with the jobs is enough where it has everything', async () => {
  const { ask, asked } = library([])
  const first = { data: [item('a', 10)], next_cursor: 'x' }
  expect(await itemsOfJobs({ jobs: [job(5, ['a'])], first, ask })).toMatchObject({ complete: true })
  expect(asked).toEqual([])
})

test('the list is followed as far back as the jobs go, and what is not there was deleted', async () => {
  const { ask, asked } = library([[item('a', 30)], [item('b', 20)], [item('z', 1)], [item('y', 0)]])
  const { items, complete } = await itemsOfJobs({ jobs: [job(29, ['a']), job(15, ['b', 'gone'])], ask })
  expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'z'])
  expect(complete).toBe(true)
  expect(asked[0]).toEqual({ from: 15 })
})

test('a library too large to be followed does not make what is missing deleted', async () => {
  const { ask } = library(Array.from({ length: 20 }, (_, index) => [item(`i${index}`, 1_000 - index)]))
  expect((await itemsOfJobs({ jobs: [job(5, ['a'])], ask })).complete).toBe(false)
})

test('jobs without pictures ask for none', async () => {
  const { ask, asked } = library([])
  expect(await itemsOfJobs({ jobs: [imageJob()], ask })).toEqual({ items: [], complete: true })
  expect(asked).toEqual([])
})
