import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { localeTags } from '../../i18n/locales.ts'
import { referenceSections } from './reference-document.ts'
import { ownText, ReferenceText } from './reference-text.tsx'
import arabic from './texts/ar.ts'

const textsOfPage = (): Set<string> =>
  new Set(
    referenceSections()
      .sections.flatMap(({ description, operations }) => [
        description,
        ...operations.flatMap((operation) => [
          operation.summary,
          operation.description,
          ...operation.parameters.map((parameter) => parameter.description),
          ...operation.responses.filter(({ isProblem }) => !isProblem).map((response) => response.description),
        ]),
      ])
      .filter((text) => text !== ''),
  )

test.each(localeTags.filter((tag) => tag !== 'en'))('%s says all that the reference says', (locale) => {
  expect([...textsOfPage()].filter((text) => ownText(locale, text) === undefined)).toEqual([])
})

test('no Arabic text is left from a route that has changed', () => {
  const wanted = textsOfPage()
  expect(Object.keys(arabic).filter((text) => !wanted.has(text))).toEqual([])
})

test('code within a text is the same in both languages', () => {
  const codeOf = (text: string) => (text.match(/`[^`]+`/g) ?? []).toSorted()
  const differing = Object.entries(arabic).filter(([english, own]) => codeOf(english).join() !== codeOf(own).join())
  expect(differing).toEqual([])
})

test('what stands between backticks is shown as code', () => {
  expect(renderToString(<ReferenceText locale="en" text="Send `a` now." />)).toBe('Send <code>a</code> now.')
})

test('a text without a translation says that it is English', () => {
  expect(renderToString(<ReferenceText locale="ar" text="New here" />)).toBe(
    '<span lang="en" dir="ltr">New here</span>',
  )
})
