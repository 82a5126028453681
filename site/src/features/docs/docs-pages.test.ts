import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { localeTags } from '../../i18n/locales.ts'
import { addressesOf, docsPath, neighbours, pagesOf } from './docs-pages.ts'

const entry = (id: string, order: number, also: string[] = []) => ({ id, data: { title: id, description: id, order, also } })
const entries = [entry('en/money', 2, ['credit']), entry('en', 1), entry('ar', 1)]

test('the pages of one language stand in their order', () => {
  expect(pagesOf(entries, 'en').map(({ id }) => id)).toEqual(['en', 'en/money'])
})

test('a page is found under its other names as well', () => {
  expect(addressesOf(entries).map(({ locale, address }) => `${locale}/${address}`)).toEqual(['en/money', 'en/credit'])
})

test('the first page is the folder itself', () => {
  expect(docsPath('ar', 'index')).toBe('/ar/docs/')
  expect(docsPath('ar', 'money')).toBe('/ar/docs/money')
})

test('one reads on from page to page', () => {
  const pages = pagesOf(entries, 'en')
  expect(neighbours(pages, pages[0]!)).toEqual({ previous: null, next: pages[1] })
  expect(neighbours(pages, pages[1]!)).toEqual({ previous: pages[0], next: null })
})

const folder = new URL('../../../../docs/', import.meta.url)
const filesOf = (locale: string) => readdirSync(new URL(locale, folder)).filter((file) => file.endsWith('.md')).toSorted()
const textOf = (locale: string, file: string) => readFileSync(new URL(`${locale}/${file}`, folder), 'utf8')
const headings = (text: string) => text.replace(/```[\s\S]*?```/g, '').split('\n').filter((line) => line.startsWith('#')).length
const codeOf = (text: string) => [...text.matchAll(/```(\w+)/g)].map((match) => match[1])
const numberedLines = (text: string) => /^order: (\d+)$/m.exec(text)?.[1]

test.each(localeTags)('the documentation has all of its pages in %s', (locale) => {
  expect(filesOf(locale)).toEqual(filesOf('en'))
})

test.each(filesOf('en'))('%s says the same in both languages: as many sections, as many examples, the same place', (file) => {
  const [english, arabic] = [textOf('en', file), textOf('ar', file)]
  expect(headings(arabic)).toBe(headings(english))
  expect(codeOf(arabic)).toEqual(codeOf(english))
  expect(numberedLines(arabic)).toBe(numberedLines(english))
})

test.each(localeTags)('links within the documentation of %s stay in the language and lead to pages that exist', (locale) => {
  const slugs = new Set(filesOf(locale).map((file) => file.replace('.md', '')))
  const links = filesOf(locale).flatMap((file) => [...textOf(locale, file).matchAll(/\]\((\/[^)]*)\)/g)].map((match) => match[1]!))
  const wrong = links.filter((link) => {
    const [, first, second, slug] = link.split(/[/#]/)
    if (link === '/docs' || link === '/openapi.json') return false
    return first !== locale || (second === 'docs' && slug !== undefined && !slugs.has(slug))
  })
  expect(wrong).toEqual([])
})
