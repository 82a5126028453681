// Everything that the installed `@anthropic-ai/sdk` can say to messages and to counting, its betas included, works or is
// refused by its name.
import Anthropic from '@anthropic-ai/sdk'
import { describe, expect, test } from 'vitest'
import { typesOf } from '../sdk-types.ts'
import { expectVerdict, surfaceWorlds, type Row } from '../surface-testing.ts'

const path = '/v1/messages'
const types = typesOf('@anthropic-ai/sdk', 'messages/messages.d.ts')
const beta = typesOf('@anthropic-ai/sdk', 'beta/messages/messages.d.ts')
const base = { model: 'fake/words', max_tokens: 50, messages: [{ role: 'user', content: 'Say something.' }] }
const worlds = surfaceWorlds('anthropic-messages', {
  type: 'message',
  content: [{ type: 'text', text: 'ok' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 5, output_tokens: 1 },
})

const five = { type: 'ephemeral', ttl: '5m' }
const f = { name: 'f', input_schema: { type: 'object' } }
const pdf = { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0xLjQ=' }
const asked = (...content: unknown[]) => ({ messages: [{ role: 'user', content }] })
const answered = (...content: unknown[]) => ({
  messages: [...base.messages, { role: 'assistant', content }, { role: 'user', content: 'And?' }],
})

const parameters: Record<string, Row> = {
  max_tokens: [{ max_tokens: 20 }, 'works'],
  messages: [{}, 'works'],
  model: [{}, 'works'],
  cache_control: [{ cache_control: five }, 'works'],
  container: [{ container: 'container_1' }, 'refused'],
  diagnostics: [{ diagnostics: { previous_message_id: 'msg_1' } }, 'refused'],
  inference_geo: [{ inference_geo: 'us' }, 'refused'],
  metadata: [{ metadata: { user_id: 'user-1' } }, 'works'],
  output_config: [{ output_config: { effort: 'low' } }, 'works'],
  service_tier: [{ service_tier: 'standard_only' }, 'works'],
  speed: [{ speed: 'standard' }, 'works'],
  stop_sequences: [{ stop_sequences: ['x'] }, 'works'],
  stream: [{ stream: false }, 'works'],
  system: [{ system: [{ type: 'text', text: 'Be short.', cache_control: five }] }, 'works'],
  thinking: [{ thinking: { type: 'adaptive' } }, 'works'],
  tool_choice: [{ tools: [f], tool_choice: { type: 'auto' } }, 'works'],
  tools: [{ tools: [f] }, 'works'],
  user_profile_id: [{ user_profile_id: 'p' }, 'refused'],
  workspace_id: [{ workspace_id: 'w' }, 'refused'],
}

const onlyInBeta: Record<string, Row> = {
  billing_policy: [{ billing_policy: {} }, 'refused'],
  compaction: [{ compaction: { enabled: true } }, 'refused'],
  context_management: [{ context_management: { edits: [] } }, 'refused'],
  fallback_credit_token: [{ fallback_credit_token: 't' }, 'refused'],
  fallbacks: [{ fallbacks: [{ model: 'claude-haiku-5-5' }] }, 'refused'],
  mcp_servers: [{ mcp_servers: [{ type: 'url', url: 'https://mcp.example', name: 'm' }] }, 'refused'],
  output_format: [{ output_format: { type: 'json_schema', schema: {} } }, 'refused'],
  thread: [{ thread: 'thread_1' }, 'refused'],
  // The client says these in a header.
  betas: [{}, 'works'],
}

const values: Record<string, Row> = {
  'speed: fast': [{ speed: 'fast' }, 'refused', 'speed'],
  'output_config.format': [{ output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } }, 'works'],
  'cache_control.ttl: 1h': [{ cache_control: { type: 'ephemeral', ttl: '1h' } }, 'works'],
  'temperature, which only older models take': [{ temperature: 0.5, top_p: 0.5, top_k: 5 }, 'works'],
  'what no client knows': [{ no_such_parameter: 1 }, 'refused', 'no_such_parameter'],
}

const refusedBlock = (type: string): Row => [asked({ type }), 'refused', String.raw`messages\[0\]\.content\[0\]\.type`]

const blocks: Record<string, Row> = {
  text: [asked({ type: 'text', text: 'x', cache_control: five }), 'works'],
  image: [asked({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } }), 'works'],
  document: [asked({ type: 'document', source: pdf, title: 'A', citations: { enabled: true } }), 'works'],
  search_result: [
    asked({ type: 'search_result', source: 's', title: 't', content: [{ type: 'text', text: 'x' }] }),
    'works',
  ],
  thinking: [answered({ type: 'thinking', thinking: 'Hm.', signature: 's' }, { type: 'text', text: 'x' }), 'works'],
  redacted_thinking: [answered({ type: 'redacted_thinking', data: 'd' }, { type: 'text', text: 'x' }), 'works'],
  tool_use: [answered({ type: 'tool_use', id: 't', name: 'f', input: {}, caller: { type: 'direct' } }), 'works'],
  tool_result: [asked({ type: 'tool_result', tool_use_id: 't', content: 'done', is_error: false }), 'works'],
  ...Object.fromEntries(
    [
      'server_tool_use',
      'web_search_tool_result',
      'web_fetch_tool_result',
      'code_execution_tool_result',
      'bash_code_execution_tool_result',
      'text_editor_code_execution_tool_result',
      'tool_search_tool_result',
      'container_upload',
    ].map((type) => [type, refusedBlock(type)]),
  ),
}
const betaBlocks: Record<string, Row> = Object.fromEntries(
  [
    'advisor_tool_result',
    'mcp_tool_use',
    'mcp_tool_result',
    'mcp_tool_listing',
    'compaction',
    'tool_addition',
    'tool_removal',
    'fallback',
  ].map((type) => [type, refusedBlock(type)]),
)

const refusedTool = (type: string): Row => [{ tools: [{ type, name: 'x' }] }, 'refused', 'tools']
const nativeTool = (type: string): Row => [{ tools: [{ type, name: 'x' }] }, 'native', 'tools']

/** Those that run at the caller's are Anthropic's models' own; those that run at Anthropic are billed by the use. */
const tools: Record<string, Row> = {
  custom: [
    { tools: [{ ...f, type: 'custom', description: 'F.', strict: true, input_examples: [{}], cache_control: five }] },
    'works',
  ],
  bash_20250124: nativeTool('bash_20250124'),
  memory_20250818: nativeTool('memory_20250818'),
  text_editor_20250124: nativeTool('text_editor_20250124'),
  text_editor_20250429: nativeTool('text_editor_20250429'),
  text_editor_20250728: nativeTool('text_editor_20250728'),
  ...Object.fromEntries(
    [
      'code_execution_20250522',
      'code_execution_20250825',
      'code_execution_20260120',
      'code_execution_20260521',
      'browser_toolset_20260801',
      'computer_toolset_20260801',
      'web_search_20250305',
      'web_search_20260209',
      'web_search_20260318',
      'web_fetch_20250910',
      'web_fetch_20260209',
      'web_fetch_20260309',
      'web_fetch_20260318',
      'tool_search_tool_bm25_20251119',
      'tool_search_tool_regex_20251119',
    ].map((type) => [type, refusedTool(type)]),
  ),
}
const betaTools: Record<string, Row> = {
  bash_20241022: nativeTool('bash_20241022'),
  computer_20241022: nativeTool('computer_20241022'),
  computer_20250124: nativeTool('computer_20250124'),
  computer_20251124: nativeTool('computer_20251124'),
  text_editor_20241022: nativeTool('text_editor_20241022'),
  advisor_20260301: refusedTool('advisor_20260301'),
  mcp_toolset: refusedTool('mcp_toolset'),
}

const choices: Record<string, Row> = {
  auto: [{ tools: [f], tool_choice: { type: 'auto', disable_parallel_tool_use: true } }, 'works'],
  any: [{ tools: [f], tool_choice: { type: 'any' } }, 'works'],
  tool: [{ tools: [f], tool_choice: { type: 'tool', name: 'f' } }, 'works'],
  none: [{ tools: [f], tool_choice: { type: 'none' } }, 'works'],
}
const thoughts: Record<string, Row> = {
  enabled: [{ max_tokens: 4_000, thinking: { type: 'enabled', budget_tokens: 2_000, display: 'omitted' } }, 'works'],
  disabled: [{ thinking: { type: 'disabled' } }, 'works'],
  between_tools: [{ thinking: { type: 'between_tools' } }, 'works'],
  adaptive: [{ thinking: { type: 'adaptive', display: 'summarized' } }, 'works'],
}

const without = (names: string[], known: object): string[] => names.filter((name) => !(name in known)).toSorted()
const keysOf = (rows: object): string[] => Object.keys(rows).toSorted()

test.each<[string, string[], object]>([
  ['parameter', types.fields('MessageCreateParamsBase'), parameters],
  ['block', types.variants('ContentBlockParam'), blocks],
  ['tool', types.variants('ToolUnion'), tools],
  ['choice of a tool', types.variants('ToolChoice'), choices],
  ['way of thinking', types.variants('ThinkingConfigParam'), thoughts],
])('every %s of the client has its row here', (_, said, rows) => {
  expect(said.toSorted()).toEqual(keysOf(rows))
})

test.each<[string, string[], object, object]>([
  ['parameter', beta.fields('MessageCreateParamsBase'), parameters, onlyInBeta],
  ['block', beta.variants('BetaContentBlockParam'), blocks, betaBlocks],
  ['tool', beta.variants('BetaToolUnion'), tools, betaTools],
])('and so has every %s of its betas', (_, said, stable, rows) => {
  expect(without(said, stable)).toEqual(keysOf(rows))
})

test.each<[string, string[], string[]]>([
  ['cache_control', types.fields('CacheControlEphemeral'), ['ttl', 'type']],
  ['metadata', types.fields('Metadata'), ['user_id']],
  ['output_config', types.fields('OutputConfig'), ['effort', 'format']],
  ['text', types.fields('TextBlockParam'), ['cache_control', 'citations', 'text', 'type']],
  ['image', types.fields('ImageBlockParam'), ['cache_control', 'source', 'transformations', 'type']],
  [
    'document',
    types.fields('DocumentBlockParam'),
    ['cache_control', 'citations', 'context', 'source', 'title', 'type'],
  ],
  [
    'tool_result',
    types.fields('ToolResultBlockParam'),
    ['cache_control', 'content', 'is_error', 'tool_use_id', 'toolset_name', 'type'],
  ],
  [
    'tool',
    types.fields('Tool'),
    [
      'allowed_callers',
      'cache_control',
      'defer_loading',
      'description',
      'eager_input_streaming',
      'input_examples',
      'input_schema',
      'name',
      'strict',
      'type',
    ],
  ],
])('the client’s %s has the fields that are known here', (_, said, known) => {
  expect(said.toSorted()).toEqual(known)
})

describe.each<[string, Record<string, Row>]>([
  ['parameter', parameters],
  ['parameter of a beta', onlyInBeta],
  ['value', values],
  ['block', blocks],
  ['block of a beta', betaBlocks],
  ['tool', tools],
  ['tool of a beta', betaTools],
  ['choice', choices],
  ['thinking', thoughts],
])('%s', (_, rows) => {
  test.each(Object.entries(rows))('%s', async (name, [patch, verdict, param = name]) => {
    await expectVerdict({ path, body: { ...base, ...patch }, verdict, param }, worlds)
  })
})

describe('counting', () => {
  const { max_tokens: _answer, ...counted } = base
  const said = [
    ...new Set([...types.fields('MessageCountTokensParams'), ...beta.fields('MessageCountTokensParams')]),
  ].filter((name) => name !== 'betas')

  test.each(said)('%s', async (name) => {
    const [patch, verdict] = { ...parameters, ...onlyInBeta }[name]!
    const body = { ...counted, ...patch }
    await expectVerdict({ path: `${path}/count_tokens`, body, verdict, param: name }, worlds)
  })
})

test.each([
  ['workspace_id', { workspace_id: 'w' }],
  ['user_profile_id', { user_profile_id: 'p' }],
])('%s is refused also as the client sends it: in a header', async (param, more) => {
  for (const world of Object.values(worlds)) {
    const client = new Anthropic({
      apiKey: 'rq_test',
      baseURL: 'https://riwaq.test',
      maxRetries: 0,
      fetch: async (url, init) =>
        world.ask(new URL(String(url)).pathname, String(init?.body), {
          headers: Object.fromEntries(new Headers(init?.headers as HeadersInit)),
        }),
    })
    const messages = [{ role: 'user' as const, content: 'x' }]
    for (const asked of [
      client.messages.create({ model: 'fake/words', max_tokens: 5, messages, ...more }),
      client.messages.countTokens({ model: 'fake/words', messages, ...more }),
    ])
      await expect(asked).rejects.toMatchObject({ status: 400, error: { error: { param } } })
  }
})
