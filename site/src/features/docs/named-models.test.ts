// A model that a page names must be one that can be called: readers copy these lines.
import { readdirSync, readFileSync } from 'node:fs'
import { embeddingModels } from '#shared/catalog/embedding-models'
import { imageModels } from '#shared/catalog/image-models'
import { catalog } from '#shared/catalog/models'
import { moderationModels } from '#shared/catalog/moderation-models'
import { expect, test } from 'vitest'

const root = new URL('../../../../', import.meta.url)
const pages = readdirSync(new URL('docs', root), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => `docs/${path}`)
const samples = [
  'README.md',
  'site/src/features/landing/code-samples.tsx',
  'site/src/features/landing/sample-conversation.tsx',
  'site/src/features/keys/secret-dialog.tsx',
]

const known = new Set([...catalog, ...embeddingModels, ...moderationModels, ...imageModels].map(({ id }) => id))
const vendors = [...new Set(catalog.map(({ vendor }) => vendor))]
/** `vendor/model` between quotes or backticks; `openai/…` stands for any. */
const named = new RegExp(`["'\`]((?:${vendors.join('|')})/[^"'\`\\s…]+)["'\`]`, 'g')
const modelsIn = (text: string) => [...text.matchAll(named)].map((match) => match[1]!)

test.each([...pages, ...samples])('every model that %s names is in the catalogue', (path) => {
  expect(modelsIn(readFileSync(new URL(path, root), 'utf8')).filter((id) => !known.has(id))).toEqual([])
})

test('the pages do name models, and one that does not exist would be found', () => {
  expect(modelsIn(readFileSync(new URL('docs/en/api.md', root), 'utf8'))).toContain('openai/gpt-6.1-terra')
  expect(modelsIn('model: "openai/gpt-nought", `docs/openai/x`')).toEqual(['openai/gpt-nought'])
})
