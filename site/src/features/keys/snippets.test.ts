import { execFileSync } from 'node:child_process'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { snippet, snippetLanguages } from './snippets.ts'

const input = {
  origin: 'https://ai.example',
  key: 'rq_org_key_secret',
  model: 'riwaq/sandbox-guide',
  question: "كيف حالك؟ It's me",
}

test.each(snippetLanguages)('the %s program carries the address, the key and the model', (language) => {
  const text = snippet({ ...input, language })
  for (const part of ['https://ai.example', input.key, input.model]) expect(text).toContain(part)
})

test('OpenAI programs get the address with its version, Anthropic programs without', () => {
  expect(snippet({ ...input, language: 'python' })).toContain('"https://ai.example/v1"')
  expect(snippet({ ...input, language: 'anthropic-python' })).toContain('base_url="https://ai.example"')
})

test('the curl command is what a shell understands, quotes in the question included', () => {
  const printed = execFileSync(
    'sh',
    ['-c', `curl() { for part; do printf '%s\\n' "$part"; done; }\n${snippet({ ...input, language: 'curl' })}`],
    { encoding: 'utf8' },
  )
  const body = printed.trim().split('\n').at(-1) ?? ''
  expect(JSON.parse(body)).toEqual({ model: input.model, messages: [{ role: 'user', content: input.question }] })
})

test.each(['typescript', 'anthropic-typescript'] as const)('the %s program is valid TypeScript', (language) => {
  const { diagnostics } = ts.transpileModule(snippet({ ...input, language }), {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext },
  })
  expect(diagnostics).toEqual([])
})
