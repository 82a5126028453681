// Which scripts a built page runs: those that its HTML names, and whatever these import before they can start.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The scripts that a page's HTML names itself: of its islands, of their renderer, and plain ones. */
export const scriptsOf = (html: string): string[] => [
  ...new Set(
    [...html.matchAll(/(?:component-url|renderer-url|before-hydration-url|<script[^>]*\ssrc)="(\/[^"]+\.js)"/g)].map(
      (match) => match[1]!,
    ),
  ),
]

/** What a module imports before it can start. `import('…')` is not among it. */
export const importsOf = (code: string): string[] =>
  [...code.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"'/]+\.js)["']/g)].map((match) => match[1]!)

/** The sentences of a language: a page of that language cannot start without them. */
const isSentences = (file: string, locale: string): boolean => file.startsWith(`${locale}.`)

const lazyImportsOf = (code: string): string[] =>
  [...code.matchAll(/\bimport\(\s*["'`]\.\/([^"'`/]+\.js)["'`]/g)].map((match) => match[1]!)

export interface ModuleGraph {
  /** Addresses of every script that this page needs to start, the page's own first. */
  reachableFrom(html: string): string[]
}

export function readModuleGraph(dist: string): ModuleGraph {
  const known = new Map<string, string>()
  const codeOf = (address: string): string => {
    const code = known.get(address) ?? readFileSync(join(dist, address), 'utf8')
    known.set(address, code)
    return code
  }
  return {
    reachableFrom(html) {
      const locale = /<html[^>]*\slang="([^"]+)"/.exec(html)?.[1] ?? ''
      const found = new Set(scriptsOf(html))
      for (const address of found) {
        const folder = address.slice(0, address.lastIndexOf('/'))
        const code = codeOf(address)
        const wanted = [...importsOf(code), ...lazyImportsOf(code).filter((file) => isSentences(file, locale))]
        for (const file of wanted) found.add(`${folder}/${file}`)
      }
      return [...found]
    },
  }
}
