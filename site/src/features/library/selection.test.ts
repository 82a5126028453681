import { expect, test } from 'vitest'
import { everything, extendedTo, nothing, toggled, within } from './selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const chosen = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join('')

test('pressing a picture again takes it back', () => {
  const once = toggled(nothing, 'b')
  expect(chosen(once)).toBe('b')
  expect(chosen(toggled(once, 'b'))).toBe('')
})

test('Shift chooses everything between the last one and this one, in both directions', () => {
  expect(chosen(extendedTo(toggled(nothing, 'b'), 'd', order))).toBe('bcd')
  expect(chosen(extendedTo(toggled(nothing, 'd'), 'a', order))).toBe('abcd')
})

test('a range keeps what was chosen elsewhere, and the next one begins at the same picture', () => {
  const start = toggled(toggled(nothing, 'a'), 'c')
  const grown = extendedTo(start, 'd', order)
  expect(chosen(grown)).toBe('acd')
  expect(chosen(extendedTo(grown, 'e', order))).toBe('acde')
})

test('Shift without a beginning chooses the one picture', () => {
  expect(chosen(extendedTo(nothing, 'c', order))).toBe('c')
  expect(chosen(extendedTo(toggled(nothing, 'gone'), 'c', order))).toBe('cgone')
})

test('what has left the list is no longer chosen', () => {
  expect(chosen(within(everything(order), ['b', 'd']))).toBe('bd')
  const same = toggled(nothing, 'a')
  expect(within(same, order)).toBe(same)
})
