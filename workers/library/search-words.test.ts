import fc from 'fast-check'
import { expect, test } from 'vitest'
import { organizationCode, searchExpression, searchFacetsOf, searchWordsOf } from './search-words.ts'

const code = organizationCode('org_a')
const wordsOf = (...texts: string[]) =>
  searchWordsOf({ organizationId: 'org_a', texts })
    .split(' ')
    .map((word) => word.slice(code.length))

test('a word is found without what Arabic writes in one with it', () => {
  for (const written of ['قطة', 'القطة', 'وقطة', 'بقطة', 'والقطة', 'بالقطة', 'وبالقطة', 'للقطة', 'فالقطّة', 'قِطّة'])
    expect(wordsOf(written), written).toContain('قطه')
})

test('spellings that a reader does not distinguish are one word', () => {
  expect(wordsOf('إدارة')).toEqual(wordsOf('ادارة'))
  expect(wordsOf('Café ÉTÉ')).toEqual(['cafe', 'ete'])
  expect(wordsOf('٢٠٢٦')).toEqual(['2026'])
})

test('a code is seven letters, whatever the organization is called', () => {
  fc.assert(fc.property(fc.string(), (id) => /^[0-9a-v]{7}$/.test(organizationCode(id))))
})

test('whatever is typed, an expression is made of words alone', () => {
  const shape = /^scope : \("m[^"]*" OR "o[^"]*"\)( AND words : \(("[^"]*" \*)( OR "[^"]*" \*)*\))+$/u
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      const expression = searchExpression({ organizationId: 'org_a', userId: 'usr_a', text })
      expect(expression === null || shape.test(expression)).toBe(true)
    }),
  )
})

test('what holds no word finds nothing, and what was not typed is not asked', () => {
  expect(searchExpression({ organizationId: 'org_a', userId: 'usr_a', text: '"*^ - ؟' })).toBeNull()
  expect(searchExpression({ organizationId: 'org_a', userId: 'usr_a', owner: 'me' })).toBe('scope : "morgaxusra"')
})

test('facets are letters and digits, whatever a model or a tag is called', () => {
  const facets = searchFacetsOf({
    organizationId: 'org_a',
    kind: 'image',
    model: 'openai/gpt-image-1',
    tags: ['عيد "ميلاد"'],
  })
  expect(facets).toMatch(/^[0-9a-z ]+$/)
  expect(facets.split(' ')).toHaveLength(3)
})
