import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { apis, emptyDraft } from './draft.ts'
import type { Api, Draft } from './draft.ts'
import { languageName, program } from './programs.ts'
import { toCall } from './to-call.ts'
import type { Call } from './to-call.ts'

const origin = 'https://ai.example'
const awkward = `It's "quoted" \\ and $HOME \`here\`\nكيف حالك؟ 🎉 \${x} EOF`
const schema = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
}
const everything: Draft = {
  ...emptyDraft,
  model: 'openai/gpt-4.1',
  embeddingModel: 'riwaq/sandbox-embedding',
  moderationModel: 'riwaq/sandbox-moderation',
  system: awkward,
  turns: [
    { role: 'user', text: awkward },
    { role: 'assistant', text: 'Hi!' },
    { role: 'user', text: 'Where?' },
  ],
  temperature: '0.5',
  topP: '0.9',
  maxTokens: '100',
  stop: 'END',
  seed: '7',
  effort: 'low',
  schema: JSON.stringify(schema),
  tools: JSON.stringify([{ name: 'find', description: "Finds what isn't there.", parameters: schema }]),
  fallbacks: 'riwaq/sandbox-guide',
  cache: 'use',
  extra: '{"user": "u-1", "x-own": {"deep": [true, false, null, 1.5]}}',
}
const callOf = (api: Api, more: Partial<Draft> = {}): Call => toCall({ ...everything, ...more, api }, null).call
const cases = apis.flatMap((api) => [true, false].map((stream) => ({ api, stream })))

test.each(cases)('$api, stream $stream: a shell sends exactly what the page sends', ({ api, stream }) => {
  const call = callOf(api, { stream })
  const printed = execFileSync(
    'sh',
    ['-c', `curl() { for part; do printf '%s\\0' "$part"; done; }\n${program({ language: 'curl', call, origin })}`],
    { encoding: 'utf8', env: { ...process.env, RIWAQ_API_KEY: 'rq_secret' } },
  ).split('\0')
  expect(printed).toContain(`${origin}${call.path}`)
  expect(printed).toContain(api === 'messages' ? 'x-api-key: rq_secret' : 'Authorization: Bearer rq_secret')
  for (const [name, value] of Object.entries(call.headers)) expect(printed).toContain(`${name}: ${value}`)
  expect(JSON.parse(printed[printed.indexOf('-d') + 1]!)).toEqual(call.body)
})

test('every TypeScript program compiles with the package that it names, under the strictest rules', () => {
  const root = new URL('../../../../', import.meta.url).pathname
  const files = new Map(
    cases.map(({ api, stream }) => [
      `${root}playground-${api}-${stream}.mts`,
      program({ language: 'typescript', call: callOf(api, { stream }), origin }),
    ]),
  )
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
    typeRoots: [`${root}node_modules/@types`],
  }
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.readFile = (name) => files.get(name) ?? readFile(name)
  host.fileExists = (name) => files.has(name) || fileExists(name)
  const { getSourceFile } = host
  host.getSourceFile = (name, version, ...more) =>
    files.has(name) ? ts.createSourceFile(name, files.get(name)!, version) : getSourceFile(name, version, ...more)
  const compiled = ts.createProgram([...files.keys()], options, host)
  const faults = ts
    .getPreEmitDiagnostics(compiled)
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
  expect(faults).toEqual([])
}, 120_000)

test('every Python program is one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'programs-'))
  try {
    const paths = cases.map(({ api, stream }) => {
      const path = join(folder, `${api}_${stream}.py`)
      writeFileSync(path, program({ language: 'python', call: callOf(api, { stream }), origin }))
      return path
    })
    execFileSync('python3', ['-m', 'py_compile', ...paths], { stdio: 'pipe' })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.each(cases)('$api, stream $stream: Python is handed exactly what the page sends', ({ api, stream }) => {
  const call = callOf(api, { stream })
  // A package that only says what it was called with.
  const stand = `import json, sys, types
class Client:
    def __init__(self, **settings): self.settings = settings
    def __getattr__(self, name): return self
    def create(self, **given):
        print(json.dumps({"settings": self.settings, "given": given})); sys.exit()
for name, kind in (("openai", "OpenAI"), ("anthropic", "Anthropic")):
    sys.modules[name] = types.SimpleNamespace(**{kind: Client})
`
  const printed = execFileSync('python3', ['-'], {
    input: stand + program({ language: 'python', call, origin }),
    encoding: 'utf8',
    env: { ...process.env, RIWAQ_API_KEY: 'rq_secret' },
  })
  const { settings, given } = JSON.parse(printed) as { settings: object; given: Record<string, object> }
  expect(settings).toEqual({ base_url: api === 'messages' ? origin : `${origin}/v1`, api_key: 'rq_secret' })
  const { extra_body: body, extra_headers: headers, ...named } = given
  expect({ ...named, ...body }).toEqual(call.body)
  expect(headers ?? {}).toEqual(call.headers)
})

test('what fits on a line stands on one', () => {
  const call = toCall({ ...emptyDraft, model: 'openai/gpt-4.1', turns: [{ role: 'user', text: 'Hi' }] }, null).call
  expect(program({ language: 'typescript', call, origin })).toContain(
    `  messages: [{ role: 'user', content: 'Hi' }],\n`,
  )
  expect(program({ language: 'python', call, origin })).toContain(`    messages=[{"role": "user", "content": "Hi"}],\n`)
})

test('each program names its package', () => {
  expect(languageName('python', 'messages')).toBe('Python · anthropic')
  expect(languageName('typescript', 'chat')).toBe('TypeScript · openai')
})
