import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { importsOf, readModuleGraph, scriptsOf } from './module-graph.ts'
import { pagesBelow, withPreloads } from './preload-modules.ts'

const dist = fileURLToPath(new URL('../dist', import.meta.url))

/** Kilobytes of script, gzipped, that a page may need to start. */
const budgetOf = (page: string): number => (/^[a-z]{2}\/index\.html$/.test(page) ? 60 : 150)

function builtPages(): string[] {
  if (!existsSync(join(dist, 'en', 'index.html')))
    throw new Error('site/dist is missing: build the site first, as `npm test` does (npx astro build --root site).')
  return pagesBelow(dist)
}

test('no page needs more script to start than its budget: 60 kB for the first page, 150 kB for any other', () => {
  const graph = readModuleGraph(dist)
  const tooLarge = builtPages().flatMap((page) => {
    const scripts = graph
      .reachableFrom(readFileSync(join(dist, page), 'utf8'))
      .map((address) => ({ address, size: gzipSync(readFileSync(join(dist, address))).length }))
      .toSorted((a, b) => b.size - a.size)
    const total = scripts.reduce((sum, { size }) => sum + size, 0) / 1000
    const largest = scripts.slice(0, 5).map(({ address, size }) => `${address} ${(size / 1000).toFixed(1)}`)
    return total < budgetOf(page) ? [] : [`${page}: ${total.toFixed(1)} of ${budgetOf(page)} kB; ${largest.join(', ')}`]
  })
  expect(tooLarge).toEqual([])
})

test('the chat page asks for all of its scripts at once', () => {
  expect(builtPages()).toContain('en/chat.html')
  const html = readFileSync(join(dist, 'en', 'chat.html'), 'utf8')
  const preloaded = [...html.matchAll(/<link rel="modulepreload" fetchpriority="low" href="([^"]+)"/g)].map(
    (match) => match[1],
  )
  expect(preloaded.length).toBeGreaterThan(3)
  expect(preloaded).toEqual(readModuleGraph(dist).reachableFrom(html))
})

test('a script is found wherever a page names it', () => {
  const html =
    '<astro-island component-url="/_assets/a.js" renderer-url="/_assets/b.js"><script type="module" src="/c.js">'
  expect(scriptsOf(html)).toEqual(['/_assets/a.js', '/_assets/b.js', '/c.js'])
})

test('what a module imports at once is told from what it imports when it is wanted', () => {
  const code = 'import{a as b}from"./one.js";import"./two.js";export*from"./three.js";const c=()=>import("./later.js")'
  expect(importsOf(code)).toEqual(['one.js', 'two.js', 'three.js'])
})

test('preloads stand at the end of the head', () => {
  expect(withPreloads('<head><title>x</title></head><body>', ['/a.js'])).toBe(
    '<head><title>x</title><link rel="modulepreload" fetchpriority="low" href="/a.js"></head><body>',
  )
})
