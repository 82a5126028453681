import { expect, test } from 'vitest'
import { filtersIn, isNarrowed, noFilters, searchOf, toQuery, widened } from './item-filters.ts'

const NOW = 1_800_000_000_000

test('the plain library asks for nothing in particular and has a plain address', () => {
  expect(toQuery(noFilters, NOW)).toEqual({})
  expect(searchOf(noFilters)).toBe('')
  expect(isNarrowed(noFilters)).toBe(false)
})

test('what was chosen is what is asked for', () => {
  const filters = {
    ...noFilters,
    q: '  قطّة  ',
    kind: 'image',
    source: 'edited',
    model: 'riwaq/sandbox-image',
    orientation: 'portrait',
    owner: 'others',
    period: 'week',
    order: 'oldest',
  } as const
  expect(toQuery(filters, NOW)).toEqual({
    q: 'قطّة',
    kind: 'image',
    source: 'edited',
    model: 'riwaq/sandbox-image',
    orientation: 'portrait',
    owner: 'others',
    from: NOW - 7 * 86_400_000,
    order: 'oldest',
  })
})

test.each([
  ['favourites', { favourite: true }],
  ['shared', { shared: true }],
  ['deleted', { deleted: true }],
  ['collections', { collection: 'col_1' }],
] as const)('the view of %s is a question of its own', (view, query) => {
  const collection = view === 'collections' ? 'col_1' : ''
  expect(toQuery({ ...noFilters, view, collection }, NOW)).toEqual(query)
})

test('a view can be reloaded and sent: its address says all of it', () => {
  const filters = { ...noFilters, view: 'collections', collection: 'col_1', q: 'بيت & حديقة', period: 'month' } as const
  expect(filtersIn(searchOf(filters))).toEqual(filters)
})

test('an address that says nonsense shows the plain library', () => {
  expect(filtersIn('?view=all-of-it&kind=exe&collection=../x&order=up&period=9')).toEqual(noFilters)
})

test('taking back what narrows a view stays in that view', () => {
  const filters = { ...noFilters, view: 'collections', collection: 'col_1', q: 'x', order: 'oldest' } as const
  expect(widened(filters)).toEqual({ ...noFilters, view: 'collections', collection: 'col_1', order: 'oldest' })
  expect(isNarrowed(widened(filters))).toBe(false)
})
