// Every program of the quick starts is run as it is written, in a process of its own, and every setting for an app is
// read as the app reads it and called as the app calls it. The vendors are a third party's emulator.
import { LLMock } from '@copilotkit/aimock'
import { parse as parseToml } from 'smol-toml'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { codeBlocksOf, type CodeBlock } from './support/code-blocks.ts'
import { eventually } from './support/eventually.ts'
import { createKey, signUp, type Person } from './support/person.ts'
import { checkPython, pythonHas, runJavaScript, runPython, runShell } from './support/run-program.ts'

const url = inject('platformUrl')
const blocks = codeBlocksOf('docs/en/quickstarts.md')
const inLanguage = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language))
const ANSWER = 'A riwaq is an arcade around a courtyard.'

let emulator: LLMock
let person: Person
let key: string
let env: Record<string, string>

beforeAll(async () => {
  emulator = new LLMock({ port: inject('emulatorPort'), chunkSize: 5 })
  const usage = { prompt_tokens: 11, completion_tokens: 9, input_tokens: 11, output_tokens: 9 }
  emulator.onMessage('What is a riwaq?', { content: ANSWER, usage })
  emulator.onMessage('<session>', { content: '{"title": "Arcades"}', usage })
  await emulator.start()
})
afterAll(() => emulator.stop())
beforeEach(async () => {
  person = await signUp(url)
  ;({ key } = await createKey(person))
  env = { RIWAQ_BASE_URL: url, RIWAQ_API_KEY: key }
})

const charges = async () =>
  (await person.json<{ data: { kind: string; model: string }[] }>('/api/usage/entries')).data.filter(
    ({ kind }) => kind === 'charge',
  )
const settledCharges = (count: number) => eventually(charges, ({ length }) => length === count)

const of = (section: string, language: string): string => {
  const found = blocks.find((block) => block.section === section && block.language === language)
  if (!found) throw new Error(`${section} has no ${language}`)
  return found.text.replaceAll('https://your-riwaq.example', url).replaceAll('rq_…', key)
}

/** What a shell has in its environment when it comes to starting the app, and the words that it is started with. */
async function startedBy(text: string, app: string): Promise<{ words: string[]; env: Record<string, string> }> {
  const printed = await runShell(`${app}() { printf '%s\\n' "$@" --; env; }\n${text}`, env)
  const [words = '', variables = ''] = printed.split('--\n')
  const pairs = variables.split('\n').map((line) => [line.split('=')[0]!, line.slice(line.indexOf('=') + 1)])
  return { words: words.split('\n').filter(Boolean), env: Object.fromEntries(pairs) as Record<string, string> }
}

/** As the apps for OpenAI's protocol do: list the models, then ask one of them and read its stream. */
async function asOpenAIApp({ base, apiKey, model }: { base: string; apiKey: string; model: string }) {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  const list = (await (await fetch(`${base}/models`, { headers })).json()) as { data: { id: string }[] }
  expect(list.data.map(({ id }) => id)).toContain(model)
  const response = await fetch(`${base}/chat/completions`, {
    method: 'POST',
    headers,
    body: JSON.stringify({
      model,
      messages: [
        { role: 'system', content: 'You are a helpful assistant.' },
        { role: 'user', content: [{ type: 'text', text: 'What is a riwaq?' }] },
      ],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.7,
      max_tokens: 1000,
    }),
  })
  const text = await response.text()
  expect([response.status, text.includes('[DONE]')]).toEqual([200, true])
  await settledCharges(1)
}

test('the two languages show the same programs', () => {
  expect(codeBlocksOf('docs/ar/quickstarts.md').map(({ text }) => text)).toEqual(blocks.map(({ text }) => text))
})

test('every block of the page has a test here', () => {
  const kinds = new Set(blocks.map(({ language }) => language))
  expect([...kinds].toSorted()).toEqual(['js', 'json', 'python', 'sh', 'toml', 'yaml'])
  const settings = inLanguage('json', 'sh', 'toml', 'yaml').map(({ section }) => section)
  expect(settings).toEqual([
    '',
    'curl',
    'Claude Code',
    'Codex',
    'aider',
    'Continue',
    'Roo Code, Cline and Cursor',
    'LibreChat',
    'Open WebUI',
    'LiteLLM',
  ])
})

const titled = (list: CodeBlock[]) => list.map((block, at) => ({ ...block, title: `${block.section} ${at + 1}` }))

test.each(titled(inLanguage('js')))('$title: the program runs as it is written', async ({ text }) => {
  expect(await runJavaScript(text, env)).toContain(ANSWER)
  await settledCharges(1)
})

test.each(titled(inLanguage('python')))('$title: the Python program is one', async ({ text }) => {
  await checkPython(text)
})

const packageOf = (text: string): string => /^from (\w+) import/m.exec(text)![1]!

for (const { title, text } of titled(inLanguage('python'))) {
  const name = packageOf(text)
  test.skipIf(!pythonHas(name))(`${title}: the Python program runs as it is written (needs ${name})`, async () => {
    expect(await runPython(text, env)).toContain(ANSWER)
    await settledCharges(1)
  })
}

test('the variables that all programs read', async () => {
  const started = await startedBy(`${of('', 'sh')}\napp`, 'app')
  expect(started.env).toMatchObject({ RIWAQ_BASE_URL: url, RIWAQ_API_KEY: key })
})

test('curl', async () => {
  expect(await runShell(of('curl', 'sh'), env)).toContain(ANSWER)
  await settledCharges(1)
})

test('Claude Code: its settings lead to answers for the requests that it sends', async () => {
  const { env: told } = await startedBy(of('Claude Code', 'sh'), 'claude')
  expect(told.CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS).toBe('1')
  const ask = (body: object) =>
    fetch(`${told.ANTHROPIC_BASE_URL}/v1/messages?beta=true`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${told.ANTHROPIC_AUTH_TOKEN}`,
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
        'anthropic-beta': 'claude-code-20250219,interleaved-thinking-2025-05-14,effort-2025-11-24',
      },
      body: JSON.stringify({
        metadata: { user_id: JSON.stringify({ device_id: 'd', account_uuid: '', session_id: 's' }) },
        stream: true,
        ...body,
      }),
    })
  const title = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] }
  const answers = await Promise.all([
    ask({
      model: told.ANTHROPIC_DEFAULT_HAIKU_MODEL,
      max_tokens: 32_000,
      thinking: { type: 'disabled' },
      temperature: 1,
      system: [{ type: 'text', text: 'Write a title.' }],
      output_config: { format: { type: 'json_schema', schema: { ...title, additionalProperties: false } } },
      messages: [{ role: 'user', content: [{ type: 'text', text: '<session>\nWhat is a riwaq?\n</session>' }] }],
    }),
    ask({
      model: told.ANTHROPIC_MODEL,
      max_tokens: 64_000,
      thinking: { type: 'adaptive' },
      output_config: { effort: 'high' },
      system: [{ type: 'text', text: 'You are an agent.', cache_control: { type: 'ephemeral' } }],
      tools: [{ name: 'Bash', description: 'Runs.', input_schema: { type: 'object', properties: {} } }],
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'What is a riwaq?', cache_control: { type: 'ephemeral' } }] },
      ],
    }),
  ])
  for (const answer of answers)
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('message_stop')])
  await settledCharges(2)
})

test('Codex: its settings lead to answers for the requests that it sends', async () => {
  const config = parseToml(of('Codex', 'toml')) as unknown as {
    model: string
    model_provider: string
    web_search: string
    agents: { enabled: boolean }
    model_providers: Record<string, { base_url: string; env_key: string; wire_api: string }>
  }
  expect(config).toMatchObject({ web_search: 'disabled', agents: { enabled: false } })
  const provider = config.model_providers[config.model_provider]!
  expect(provider).toMatchObject({ wire_api: 'responses', env_key: 'RIWAQ_API_KEY' })
  const said = (role: string, text: string) => ({
    type: 'message',
    id: `msg_${role}`,
    role,
    content: [{ type: 'input_text', text }],
  })
  const response = await fetch(`${provider.base_url}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env[provider.env_key]}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: config.model,
      stream: true,
      input: [said('developer', 'You are an agent.'), said('user', 'What is a riwaq?')],
      tools: [
        {
          type: 'function',
          name: 'exec_command',
          description: 'Runs a command.',
          strict: false,
          parameters: { type: 'object', properties: { cmd: { type: 'string' } }, required: ['cmd'] },
        },
      ],
      tool_choice: 'auto',
      parallel_tool_calls: true,
      reasoning: { summary: 'auto' },
      store: false,
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: 'session',
      client_metadata: { session_id: 'session' },
    }),
  })
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('response.completed')])
  await settledCharges(1)
})

/** Clients of LiteLLM's say with a prefix which protocol is meant; the rest is the model. */
const withoutProtocol = (model: string): string => {
  expect(model).toMatch(/^openai\//)
  return model.slice('openai/'.length)
}

test('aider', async () => {
  const { words, env: told } = await startedBy(of('aider', 'sh'), 'aider')
  expect(words[0]).toBe('--model')
  await asOpenAIApp({ base: told.OPENAI_API_BASE!, apiKey: told.OPENAI_API_KEY!, model: withoutProtocol(words[1]!) })
})

test('Continue', async () => {
  const { models } = parseYaml(of('Continue', 'yaml')) as {
    models: { provider: string; apiBase: string; apiKey: string; model: string }[]
  }
  expect(models[0]).toMatchObject({ provider: 'openai', apiKey: '${{ secrets.RIWAQ_API_KEY }}' })
  await asOpenAIApp({ base: models[0]!.apiBase, apiKey: key, model: models[0]!.model })
})

test('Roo Code', async () => {
  const { providerProfiles } = JSON.parse(of('Roo Code, Cline and Cursor', 'json')) as {
    providerProfiles: { currentApiConfigName: string; apiConfigs: Record<string, Record<string, string>> }
  }
  const chosen = providerProfiles.apiConfigs[providerProfiles.currentApiConfigName]!
  expect(chosen.apiProvider).toBe('openai')
  await asOpenAIApp({ base: chosen.openAiBaseUrl!, apiKey: chosen.openAiApiKey!, model: chosen.openAiModelId! })
})

test('LibreChat', async () => {
  const { endpoints } = parseYaml(of('LibreChat', 'yaml')) as {
    endpoints: { custom: { baseURL: string; apiKey: string; models: { default: string[]; fetch: boolean } }[] }
  }
  const [endpoint] = endpoints.custom
  expect(endpoint).toMatchObject({ apiKey: '${RIWAQ_API_KEY}', models: { fetch: true } })
  await asOpenAIApp({ base: endpoint!.baseURL, apiKey: key, model: endpoint!.models.default[0]! })
})

test('Open WebUI', async () => {
  const { env: told } = await startedBy(`set -a\n${of('Open WebUI', 'sh')}\napp`, 'app')
  const model = 'anthropic/claude-sonnet-5-5'
  await asOpenAIApp({ base: told.OPENAI_API_BASE_URL!, apiKey: told.OPENAI_API_KEY!, model })
})

test('LiteLLM', async () => {
  const { model_list: list } = parseYaml(of('LiteLLM', 'yaml')) as {
    model_list: { litellm_params: { model: string; api_base: string; api_key: string } }[]
  }
  const { model, api_base: base, api_key: reference } = list[0]!.litellm_params
  expect(reference).toBe('os.environ/RIWAQ_API_KEY')
  await asOpenAIApp({ base, apiKey: key, model: withoutProtocol(model) })
})
