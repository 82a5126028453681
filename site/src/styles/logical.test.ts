import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

// A page that is right in English and mirrored in Arabic has no left and no right, only start and end.
const site = fileURLToPath(new URL('../..', import.meta.url))
const files = globSync('{src,public}/**/*.{css,tsx,astro}', { cwd: site })

const physical = [
  /(?<![\w-])(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b/,
  /(?<![\w-])border-(?:top|bottom)-(?:left|right)-radius\b/,
  /(?<![\w-])(?:left|right)\s*:/,
  /(?<![\w-])(?:top|bottom)\s*:\s*[\d.-]/,
  /(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b/,
  /\b(?:margin|padding|border|inset)(?:Left|Right|Top|Bottom)\b/,
  /\bstyle\.(?:left|right|top|bottom|width|height)\b/,
  /(?<![\w-])(?:min-|max-)?(?:width|height)\s*:(?!.*\)|\s*number\b)/,
  /\btextAlign\s*[:=]\s*['"](?:left|right)/,
]

function physicalDirectionsIn(text: string): string[] {
  const withoutComments = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '))
  return withoutComments.split('\n').filter((line) => {
    // A media query asks about the screen, which has a width in every language.
    const own = line.replace(/\((?:min-|max-)?(?:width|height)[^)]*\)/g, '')
    return physical.some((pattern) => pattern.test(own))
  })
}

test('there is something to look at', () => {
  expect(files.length).toBeGreaterThan(10)
})

test.each(files)('%s has no left and no right', (file) => {
  expect(physicalDirectionsIn(readFileSync(`${site}/${file}`, 'utf8'))).toEqual([])
})

test.each([
  'margin-left: 1px',
  '  left: 0;',
  'text-align: right',
  'style={{ marginRight: 4 }}',
  'border-top-left-radius: 2px',
  'element.style.left = x',
  'width: 2rem;',
])('%j would be refused', (line) => {
  expect(physicalDirectionsIn(line)).toEqual([line])
})

test.each([
  'margin-inline-start: 1px',
  '@media (min-width: 60rem) {',
  'inset-block-start: 0',
  'text-align: start',
  'border-start-start-radius: 2px',
])('%j is fine', (line) => {
  expect(physicalDirectionsIn(line)).toEqual([])
})
