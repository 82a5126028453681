// Everything that the installed `openai` can say to chat completions works, or is refused by its name.
import { describe, expect, test } from 'vitest'
import { typesOf } from '../sdk-types.ts'
import { expectVerdict, surfaceWorlds, type Row } from '../surface-testing.ts'

const path = '/v1/chat/completions'
const types = typesOf('openai', 'chat/completions/completions.d.ts')
const shared = typesOf('openai', 'shared.d.ts')
const base = { model: 'fake/words', messages: [{ role: 'user', content: 'Say something.' }] }
const worlds = surfaceWorlds('openai-chat', {
  choices: [{ index: 0, message: { role: 'assistant', content: 'ok' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 5, completion_tokens: 1 },
})

const pdf = 'data:application/pdf;base64,JVBERi0xLjQ='
const png = 'data:image/png;base64,aGk='
const f = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } }
const custom = { type: 'custom', custom: { name: 'c' } }
const mark = { mode: 'explicit' }
const schema = { type: 'object', properties: {} }

const asked = (content: unknown[]) => ({ messages: [{ role: 'user', content }] })
const after = (...messages: unknown[]) => ({ messages: [...base.messages, ...messages] })
const call = { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } }
const result = { role: 'tool', tool_call_id: 'a', content: 'done' }

const parameters: Record<string, Row> = {
  messages: [{}, 'works'],
  model: [{}, 'works'],
  audio: [{ audio: { voice: 'alloy', format: 'wav' } }, 'refused'],
  frequency_penalty: [{ frequency_penalty: 0.5 }, 'works'],
  function_call: [{ function_call: 'auto' }, 'native'],
  functions: [{ functions: [{ name: 'f', parameters: {} }] }, 'native'],
  logit_bias: [{ logit_bias: { '50256': -100 } }, 'native'],
  logprobs: [{ logprobs: true }, 'native'],
  max_completion_tokens: [{ max_completion_tokens: 50 }, 'works'],
  max_tokens: [{ max_tokens: 50 }, 'works'],
  metadata: [{ metadata: { a: 'b' } }, 'works'],
  modalities: [{ modalities: ['text'] }, 'works'],
  moderation: [{ moderation: { model: 'omni-moderation-latest' } }, 'native'],
  n: [{ n: 2 }, 'native'],
  parallel_tool_calls: [{ tools: [f], parallel_tool_calls: false }, 'works'],
  prediction: [{ prediction: { type: 'content', content: 'x' } }, 'refused'],
  presence_penalty: [{ presence_penalty: 0.5 }, 'works'],
  prompt_cache_key: [{ prompt_cache_key: 'k' }, 'works'],
  prompt_cache_options: [{ prompt_cache_options: { mode: 'explicit' } }, 'works'],
  prompt_cache_retention: [{ prompt_cache_retention: '24h' }, 'works'],
  reasoning_effort: [{ reasoning_effort: 'low' }, 'works'],
  response_format: [{ response_format: { type: 'json_object' } }, 'works'],
  safety_identifier: [{ safety_identifier: 'user-1' }, 'works'],
  seed: [{ seed: 7 }, 'works'],
  service_tier: [{ service_tier: 'default' }, 'works'],
  stop: [{ stop: ['x'] }, 'works'],
  store: [{ store: false }, 'works'],
  stream: [{ stream: false }, 'works'],
  stream_options: [{ stream_options: { include_usage: true } }, 'works'],
  temperature: [{ temperature: 0.5 }, 'works'],
  tool_choice: [{ tools: [f], tool_choice: 'auto' }, 'works'],
  tools: [{ tools: [f] }, 'works'],
  top_logprobs: [{ logprobs: true, top_logprobs: 2 }, 'native', 'logprobs'],
  top_p: [{ top_p: 0.5 }, 'works'],
  user: [{ user: 'user-1' }, 'works'],
  verbosity: [{ verbosity: 'low' }, 'works'],
  web_search_options: [{ web_search_options: {} }, 'refused'],
}

/** Values of parameters above that are another matter than the parameter itself. */
const values: Record<string, Row> = {
  'modalities: audio': [{ modalities: ['text', 'audio'] }, 'refused', 'modalities'],
  'service_tier: flex': [{ service_tier: 'flex' }, 'refused', 'service_tier'],
  'store: true': [{ store: true }, 'refused', 'store'],
  'response_format: json_schema': [
    { response_format: { type: 'json_schema', json_schema: { name: 'a', schema, strict: true } } },
    'works',
  ],
  'response_format: grammar': [{ response_format: { type: 'grammar' } }, 'refused', 'response_format'],
  'prompt_cache_options.ttl: 12h': [{ prompt_cache_options: { ttl: '12h' } }, 'refused', 'prompt_cache_options.ttl'],
  'stream_options.include_obfuscation': [{ stream_options: { include_obfuscation: false } }, 'works'],
  'what no client knows': [{ no_such_parameter: 1 }, 'refused', 'no_such_parameter'],
  'null for everything': [
    Object.fromEntries(
      types
        .fields('ChatCompletionCreateParamsBase')
        .filter((name) => !['messages', 'model'].includes(name))
        .map((name) => [name, null]),
    ),
    'works',
  ],
}

const roles: Record<string, Row> = {
  developer: [{ messages: [{ role: 'developer', content: 'Be short.', name: 'd' }, ...base.messages] }, 'works'],
  system: [
    { messages: [{ role: 'system', content: [{ type: 'text', text: 'Be short.' }] }, ...base.messages] },
    'works',
  ],
  user: [{ messages: [{ role: 'user', content: 'x', name: 'n' }] }, 'works'],
  assistant: [after({ role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }], refusal: 'No.' }), 'works'],
  tool: [after({ role: 'assistant', tool_calls: [call] }, result), 'works'],
  function: [after({ role: 'function', name: 'f', content: 'done' }), 'native', 'messages'],
}

const assistant: Record<string, Row> = {
  role: [{}, 'works'],
  audio: [after({ role: 'assistant', audio: { id: 'audio_1' } }), 'refused', String.raw`messages\[1\]\.audio`],
  content: [after({ role: 'assistant', content: 'x' }), 'works'],
  function_call: [after({ role: 'assistant', function_call: { name: 'f', arguments: '{}' } }), 'native', 'messages'],
  name: [after({ role: 'assistant', content: 'x', name: 'n' }), 'works'],
  refusal: [after({ role: 'assistant', refusal: 'No.' }), 'works'],
  tool_calls: [after({ role: 'assistant', tool_calls: [call] }, result), 'works'],
}

const parts: Record<string, Row> = {
  text: [asked([{ type: 'text', text: 'x', prompt_cache_breakpoint: mark }]), 'works'],
  image_url: [asked([{ type: 'image_url', image_url: { url: png, detail: 'original' } }]), 'works'],
  input_audio: [asked([{ type: 'input_audio', input_audio: { data: 'SUQz', format: 'mp3' } }]), 'works'],
  file: [asked([{ type: 'file', file: { file_data: pdf, filename: 'a.pdf' } }]), 'works'],
}
const partValues: Record<string, Row> = {
  'a breakpoint that lasts half a day': [
    asked([{ type: 'text', text: 'x', prompt_cache_breakpoint: { ...mark, ttl: '12h' } }]),
    'refused',
    String.raw`messages\[0\]\.content\[0\]\.prompt_cache_breakpoint\.ttl`,
  ],
  'a file at the vendor': [asked([{ type: 'file', file: { file_id: 'file-1' } }]), 'refused', 'messages'],
  'a file that is neither PDF nor text': [
    asked([{ type: 'file', file: { file_data: 'data:application/zip;base64,UEsDBA==' } }]),
    'refused',
    'messages',
  ],
  'sound of another kind': [
    asked([{ type: 'input_audio', input_audio: { data: 'AAAA', format: 'flac' } }]),
    'refused',
    'messages',
  ],
  'a picture at a private address': [
    asked([{ type: 'image_url', image_url: { url: 'https://10.0.0.1/a.png' } }]),
    'refused',
    'messages',
  ],
}

const toolKinds: Record<string, Row> = {
  function: [{ tools: [{ ...f, function: { ...f.function, description: 'F.', strict: true } }] }, 'works'],
  custom: [{ tools: [custom] }, 'native', 'tools'],
}
const choices: Record<string, Row> = {
  none: [{ tools: [f], tool_choice: 'none' }, 'works'],
  auto: [{ tools: [f], tool_choice: 'auto' }, 'works'],
  required: [{ tools: [f], tool_choice: 'required' }, 'works'],
  allowed_tools: [
    { tools: [f], tool_choice: { type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [f] } } },
    'works',
  ],
  function: [{ tools: [f], tool_choice: { type: 'function', function: { name: 'f' } } }, 'works'],
  custom: [{ tools: [custom], tool_choice: { type: 'custom', custom: { name: 'c' } } }, 'native', 'tools'],
}
const calls: Record<string, Row> = {
  function: [after({ role: 'assistant', tool_calls: [call] }, result), 'works'],
  custom: [
    after({ role: 'assistant', tool_calls: [{ id: 'a', type: 'custom', custom: { name: 'c', input: '' } }] }, result),
    'native',
    'messages',
  ],
}

/** Fields of objects that are passed on or read whole; a new one is to be looked at. */
const inner: [string, string[], string[]][] = [
  ['stream_options', types.fields('ChatCompletionStreamOptions'), ['include_obfuscation', 'include_usage']],
  ['prompt_cache_options', types.fields('ChatCompletionCreateParams.PromptCacheOptions'), ['mode', 'ttl']],
  ['image_url', types.fields('ChatCompletionContentPartImage.ImageURL'), ['detail', 'url']],
  ['input_audio', types.fields('ChatCompletionContentPartInputAudio.InputAudio'), ['data', 'format']],
  ['file', types.fields('ChatCompletionContentPart.File.File'), ['file_data', 'file_id', 'filename']],
  ['user message', types.fields('ChatCompletionUserMessageParam'), ['content', 'name', 'role']],
  ['tool message', types.fields('ChatCompletionToolMessageParam'), ['content', 'role', 'tool_call_id']],
  ['text part', types.fields('ChatCompletionContentPartText'), ['prompt_cache_breakpoint', 'text', 'type']],
  ['function', shared.fields('FunctionDefinition'), ['description', 'name', 'parameters', 'strict']],
  ['json_schema', shared.fields('ResponseFormatJSONSchema.JSONSchema'), ['description', 'name', 'schema', 'strict']],
  ['allowed_tools', types.fields('ChatCompletionAllowedTools'), ['mode', 'tools']],
]

test.each<[string, string[], Record<string, Row>]>([
  ['parameter', types.fields('ChatCompletionCreateParamsBase'), parameters],
  ['role', types.variants('ChatCompletionMessageParam', 'role'), roles],
  ['field of an answer that is sent back', types.fields('ChatCompletionAssistantMessageParam'), assistant],
  ['part of a message', types.variants('ChatCompletionContentPart'), parts],
  ['kind of tool', types.variants('ChatCompletionTool'), toolKinds],
  ['kind of call', types.variants('ChatCompletionMessageToolCall'), calls],
  ['choice of a tool', types.variants('ChatCompletionToolChoiceOption'), choices],
])('every %s of the client has its row here', (_, said, rows) => {
  expect(said.toSorted()).toEqual(Object.keys(rows).toSorted())
})

test.each(inner)('the client’s %s has the fields that are known here', (_, said, known) => {
  expect(said.toSorted()).toEqual(known)
})

describe.each<[string, Record<string, Row>]>([
  ['parameter', parameters],
  ['value', values],
  ['role', roles],
  ['answer that is sent back', assistant],
  ['part', parts],
  ['part of another kind', partValues],
  ['tool', toolKinds],
  ['call', calls],
  ['choice', choices],
])('%s', (_, rows) => {
  test.each(Object.entries(rows))('%s', async (name, [patch, verdict, param = name]) => {
    await expectVerdict({ path, body: { ...base, ...patch }, verdict, param }, worlds)
  })
})
