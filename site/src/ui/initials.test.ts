import { expect, test } from 'vitest'
import { hueOf, initialsOf } from './initials.ts'

test('a name is known by its first and last word', () => {
  expect(initialsOf('Amina bint Salem')).toBe('AS')
  expect(initialsOf('riwaq')).toBe('R')
})

test('Arabic initials do not make a word', () => {
  expect(initialsOf('ليلى الحسن')).toBe('ل')
})

test('a name of signs alone has no initials, and does not fail', () => {
  expect(initialsOf(' — ')).toBe('')
})

test('a name keeps its colour', () => {
  expect(hueOf('Amina', 6)).toBe(hueOf('Amina', 6))
  expect(hueOf('ليلى', 6)).toBeLessThan(6)
})
