import { expect, test } from 'vitest'
import { noFilters } from './item-filters.ts'
import { itemNamed } from './item.fake.ts'
import { belongs, withFirstPage, withItem } from './merge-items.ts'

const ids = (items: { id: string }[]) => items.map(({ id }) => id).join(' ')
const [a, b, c] = [3, 2, 1].map((at) => itemNamed(`itm_${at}`, { created_at: at * 1_000 })) as [
  ReturnType<typeof itemNamed>,
  ReturnType<typeof itemNamed>,
  ReturnType<typeof itemNamed>,
]

test('a new picture stands at the head of the list', () => {
  const made = itemNamed('itm_9', { created_at: 9_000 })
  expect(ids(withItem([a, b], made, noFilters))).toBe('itm_9 itm_3 itm_2')
  expect(ids(withItem([], made, noFilters))).toBe('itm_9')
})

test('a picture that is known is replaced where it stands', () => {
  const renamed = { ...b, title: 'فناء' }
  expect(withItem([a, b, c], renamed, noFilters)[1]?.title).toBe('فناء')
})

test('an old picture that is not loaded yet comes with its page, not at the end of this one', () => {
  expect(ids(withItem([a, b], c, noFilters))).toBe('itm_3 itm_2')
})

test('what leaves a view is gone from it', () => {
  const favourites = { ...noFilters, view: 'favourites' } as const
  expect(ids(withItem([a, b], { ...a, favourite: false }, favourites))).toBe('itm_2')
  expect(ids(withItem([a, b], { ...a, deleted_at: 5 }, noFilters))).toBe('itm_2')
  const collection = { ...noFilters, view: 'collections', collection: 'col_1' } as const
  expect(belongs({ ...a, collection_ids: ['col_2'] }, collection)).toBe(false)
})

test('what is restored leaves the bin, and what is deleted comes into it', () => {
  const bin = { ...noFilters, view: 'deleted' } as const
  const gone = { ...a, deleted_at: 5 }
  expect(ids(withItem([gone], a, bin))).toBe('')
  expect(ids(withItem([], gone, bin))).toBe('itm_3')
})

test('whether a search finds a new picture is for the platform to say', () => {
  const searched = { ...noFilters, q: 'cat' }
  expect(belongs(a, searched)).toBeNull()
  expect(ids(withItem([b], a, searched))).toBe('itm_2')
})

test('after a gap the first page is taken as it is, and what was loaded below it stays', () => {
  const fresh = itemNamed('itm_9', { created_at: 9_000 })
  const page = { data: [fresh, b], next_cursor: 'more' }
  expect(ids(withFirstPage([a, b, c], page, 'newest'))).toBe('itm_9 itm_2 itm_1')
})

test('after a gap a list of one page is that page', () => {
  expect(ids(withFirstPage([a, b, c], { data: [b], next_cursor: null }, 'newest'))).toBe('itm_2')
})

test('the oldest first is merged from its own end', () => {
  const page = { data: [c, b], next_cursor: 'more' }
  expect(ids(withFirstPage([c, a], page, 'oldest'))).toBe('itm_1 itm_2 itm_3')
})
