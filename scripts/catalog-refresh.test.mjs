import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = fileURLToPath(new URL('catalog-refresh.mjs', import.meta.url))
const run = promisify(execFile)
let folder
let out

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riwaq-catalog-test-'))
  out = join(folder, 'models.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const model = (id, cost = { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 0 }) => ({
  id,
  name: id.toUpperCase(),
  input: ['text', 'image'],
  cost,
  contextWindow: 1000,
  maxTokens: 100,
  reasoning: false,
})

async function refresh(models, generatedAt = '2026-11-10T12:05:37.628Z') {
  const from = join(folder, 'source.json')
  await writeFile(from, JSON.stringify({ source: 'a test', generatedAt, models: { openai: models } }))
  return run(process.execPath, [script, '--from', from, '--out', out])
}

const written = async () => JSON.parse(await readFile(out, 'utf8'))

test('an extract becomes a dated catalogue, and what is new is printed', async () => {
  const { stdout } = await refresh({ 'chat:gpt-a': model('gpt-a') })
  expect(stdout).toContain('+ openai/gpt-a: $1 / 5 per million')
  expect(await written()).toMatchObject({
    source: 'a test',
    checkedAt: '2026-11-10',
    models: [
      {
        id: 'openai/gpt-a',
        price: {
          prices: {
            input_tokens: 1_000_000,
            cached_input_tokens: 100_000,
            cache_write_tokens: 1_000_000,
            output_tokens: 5_000_000,
          },
        },
      },
    ],
  })
})

test('a second run prints what changed and what went', async () => {
  await refresh({ 'chat:gpt-a': model('gpt-a'), 'chat:gpt-b': model('gpt-b') })
  const { stdout } = await refresh({
    'chat:gpt-a': model('gpt-a', { input: 2, output: 5, cacheRead: 0, cacheWrite: 0 }),
  })
  expect(stdout).toContain('~ openai/gpt-a: $1 / 5 → $2 / 5 per million')
  expect(stdout).toContain('- openai/gpt-b')
})

test('what has no price, or is no model for conversation, is left out', async () => {
  await refresh({
    'chat:gpt-a': model('gpt-a'),
    'chat:gpt-free': model('gpt-free', { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 }),
    'chat:gpt-a-pro': model('gpt-a-pro'),
    'classifier:gpt-c': { ...model('gpt-c'), maxTokens: null },
  })
  expect((await written()).models.map(({ id }) => id)).toEqual(['openai/gpt-a'])
})

test('the package’s own folder is read as it is published', async () => {
  const data = join(folder, 'package/dist/providers/data')
  await mkdir(data, { recursive: true })
  await writeFile(join(folder, 'package/package.json'), '{"name":"prices","version":"9.9.9"}')
  await writeFile(join(data, '.manifest.json'), '{"generatedAt":"2027-01-02T00:00:00Z"}')
  const claude = {
    ...model('claude-x'),
    type: 'chat',
    reasoning: true,
    compat: { forceAdaptiveThinking: true },
    thinkingLevelMap: { max: 'max' },
  }
  await writeFile(join(data, 'anthropic.json'), JSON.stringify({ 'anthropic-messages': { 'chat:claude-x': claude } }))
  await run(process.execPath, [script, '--from', join(folder, 'package'), '--out', out])
  expect(await written()).toMatchObject({
    source: 'npm prices@9.9.9 (MIT)',
    checkedAt: '2027-01-02',
    models: [{ id: 'anthropic/claude-x', efforts: ['none', 'low', 'medium', 'high', 'max'] }],
  })
})

test('a source that cannot be read leaves the catalogue as it is', async () => {
  await refresh({ 'chat:gpt-a': model('gpt-a') })
  const before = await readFile(out, 'utf8')
  await expect(refresh({})).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('left as it is') })
  expect(await readFile(out, 'utf8')).toBe(before)
})

test('the second source adds what the first does not have, and leaves that one alone', async () => {
  const from = join(folder, 'further.json')
  const furtherOut = join(folder, 'further-out.json')
  const providers = {
    openai: [
      { id: 'text-embedding-x', prices: { input_mtok: 0.02 } },
      { id: 'gpt-audio-x', prices: { input_mtok: 1, output_mtok: 2, input_audio_mtok: 30 } },
      { id: 'gpt-realtime-x', prices: { input_mtok: 1, output_mtok: 2, input_audio_mtok: 30 } },
      { id: 'gpt-free', prices: {} },
    ],
    anthropic: [
      {
        id: 'claude-x',
        prices: [
          { prices: { input_mtok: 9, cache_write_mtok: 9, output_mtok: 9, cache_write_1h_mtok: 9 } },
          { prices: { input_mtok: { base: 1 }, cache_write_mtok: 1.25, output_mtok: 5, cache_write_1h_mtok: 2 } },
        ],
      },
    ],
    cloudflare: [
      { id: '@cf/baai/bge-x', prices: { input_mtok: 0.012 } },
      { id: '@cf/baai/bge-reranker-x', prices: { input_mtok: 0.003 } },
    ],
  }
  await writeFile(from, JSON.stringify({ source: 'a test', generatedAt: '2026-09-23T10:11:04Z', providers }))
  const { stdout } = await run(process.execPath, [script, '--further-from', from, '--further-out', furtherOut])
  expect(stdout).toContain('2 embedding models, 1 that hear, 1 long caches, prices of 2026-09-23 (a test)')
  expect(JSON.parse(await readFile(furtherOut, 'utf8'))).toEqual({
    source: 'a test',
    checkedAt: '2026-09-23',
    embeddings: { 'openai/text-embedding-x': { input: 20_000 }, 'workers-ai/@cf/baai/bge-x': { input: 12_000 } },
    audio: { 'openai/gpt-audio-x': { input: 1_000_000, output: 2_000_000, audioInput: 30_000_000 } },
    longCache: {
      'anthropic/claude-x': { input: 1_000_000, cacheWrite: 1_250_000, output: 5_000_000, longCacheWrite: 2_000_000 },
    },
  })
})
