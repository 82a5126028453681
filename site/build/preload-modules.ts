// A page's scripts import each other several steps deep, and a browser finds each step only when it has the one
// before. Named in the head, they are all fetched at once, after the styles and fonts that the first paint needs.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'
import { readModuleGraph } from './module-graph.ts'

export const pagesBelow = (dist: string): string[] =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.html'))

export const withPreloads = (html: string, addresses: readonly string[]): string =>
  html.replace(
    '</head>',
    `${addresses.map((address) => `<link rel="modulepreload" fetchpriority="low" href="${address}">`).join('')}</head>`,
  )

export const preloadModules = (): AstroIntegration => ({
  name: 'preload-modules',
  hooks: {
    'astro:build:done': ({ dir }) => {
      const dist = fileURLToPath(dir)
      const graph = readModuleGraph(dist)
      for (const page of pagesBelow(dist)) {
        const path = join(dist, page)
        const html = readFileSync(path, 'utf8')
        writeFileSync(path, withPreloads(html, graph.reachableFrom(html)))
      }
    },
  },
})
