// The call that the page makes, as programs to copy: a shell command, and the official packages of two languages.
// Code is left to right and in English on every page.
import type { Api } from './draft.ts'
import { isKnownParameter } from './known-parameters.ts'
import { literal, python, spreadOut, typescript } from './literal.ts'
import type { Call, Json } from './to-call.ts'

export const languages = ['curl', 'python', 'typescript'] as const
export type Language = (typeof languages)[number]

export const languageName = (language: Language, api: Api): string =>
  ({
    curl: 'curl',
    python: `Python · ${api === 'messages' ? 'anthropic' : 'openai'}`,
    typescript: `TypeScript · ${api === 'messages' ? '@anthropic-ai/sdk' : 'openai'}`,
  })[language]

interface ProgramInput {
  language: Language
  call: Call
  /** Where the platform is: `location.origin`. */
  origin: string
}

type Writer = (input: Omit<ProgramInput, 'language'>) => string

const isAnthropic = (api: Api): boolean => api === 'messages'
const isStreamed = (call: Call): boolean => call.body.stream === true

function partedBody({ api, body }: Call): { known: Json; unknown: Json } {
  const entries = Object.entries(body)
  return {
    known: Object.fromEntries(entries.filter(([name]) => isKnownParameter(api, name))),
    unknown: Object.fromEntries(entries.filter(([name]) => !isKnownParameter(api, name))),
  }
}

const isEmpty = (members: object): boolean => Object.keys(members).length === 0

const inSingleQuotes = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const curl: Writer = ({ call, origin }) => {
  const headers = [
    ...(isAnthropic(call.api)
      ? ['"x-api-key: $RIWAQ_API_KEY"', "'anthropic-version: 2023-06-01'"]
      : ['"Authorization: Bearer $RIWAQ_API_KEY"']),
    "'Content-Type: application/json'",
    ...Object.entries(call.headers).map(([name, value]) => inSingleQuotes(`${name}: ${value}`)),
  ]
  return [
    `curl ${isStreamed(call) ? '-N ' : ''}${origin}${call.path}`,
    ...headers.map((header) => `  -H ${header}`),
    `  -d ${inSingleQuotes(JSON.stringify(call.body, null, 2))}`,
  ].join(' \\\n')
}

const methods: Record<Api, string> = {
  chat: 'chat.completions.create',
  responses: 'responses.create',
  messages: 'messages.create',
  embeddings: 'embeddings.create',
  moderations: 'moderations.create',
}

/** What is done with the answer: how it is shown whole, and how each event of a stream. */
interface Reading {
  whole: string
  event?: string
}

const readInTypeScript: Record<Api, Reading> = {
  chat: {
    whole: 'console.log(answer.choices[0]?.message)',
    event: "process.stdout.write(event.choices[0]?.delta.content ?? '')",
  },
  responses: {
    whole: 'console.log(answer.output_text || answer.output)',
    event: "if (event.type === 'response.output_text.delta') process.stdout.write(event.delta)",
  },
  messages: {
    whole: 'console.log(answer.content)',
    event: `if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
    process.stdout.write(event.delta.text)
  }`,
  },
  embeddings: { whole: 'console.log(answer.data.map(({ embedding }) => embedding.length))' },
  moderations: { whole: 'console.log(answer.results)' },
}

const writeTypeScript: Writer = ({ call, origin }) => {
  const syntax = typescript
  const [pack, name, base] = isAnthropic(call.api)
    ? ['@anthropic-ai/sdk', 'Anthropic', origin]
    : ['openai', 'OpenAI', `${origin}/v1`]
  const { known, unknown } = partedBody(call)
  const members = [
    ...Object.entries(known).map(([key, value]) => `${key}: ${literal(value, { syntax, depth: 1 })}`),
    // Spread, because the package’s types do not know them.
    ...(isEmpty(unknown) ? [] : [`...${literal(unknown, { syntax, depth: 1 })}`]),
  ]
  const body = spreadOut(members, { open: '{', close: '}', syntax, depth: 0 })
  const options = isEmpty(call.headers) ? '' : `, ${literal({ headers: call.headers }, { syntax, depth: 0 })}`
  const { whole, event } = readInTypeScript[call.api]
  const streamed = isStreamed(call) && event !== undefined
  return `// npm install ${pack}
import ${name} from '${pack}'

const client = new ${name}({ baseURL: ${syntax.text(base!)}, apiKey: process.env.RIWAQ_API_KEY })

const ${streamed ? 'stream' : 'answer'} = await client.${methods[call.api]}(${body}${options})
${streamed ? `for await (const event of stream) {\n  ${event}\n}` : whole}
`
}

const readInPython: Record<Api, Reading> = {
  chat: {
    whole: 'print(answer.choices[0].message)',
    event: `if event.choices:
        print(event.choices[0].delta.content or "", end="", flush=True)`,
  },
  responses: {
    whole: 'print(answer.output_text or answer.output)',
    event: `if event.type == "response.output_text.delta":
        print(event.delta, end="", flush=True)`,
  },
  messages: {
    whole: 'print(answer.content)',
    event: `if event.type == "content_block_delta" and event.delta.type == "text_delta":
        print(event.delta.text, end="", flush=True)`,
  },
  embeddings: { whole: 'print([len(item.embedding) for item in answer.data])' },
  moderations: { whole: 'print(answer.results)' },
}

const writePython: Writer = ({ call, origin }) => {
  const syntax = python
  const [pack, name, base] = isAnthropic(call.api)
    ? ['anthropic', 'Anthropic', origin]
    : ['openai', 'OpenAI', `${origin}/v1`]
  const { known, unknown } = partedBody(call)
  const named: Json = {
    ...known,
    ...(!isEmpty(unknown) && { extra_body: unknown }),
    ...(!isEmpty(call.headers) && { extra_headers: call.headers }),
  }
  const members = Object.entries(named).map(([key, value]) => `${key}=${literal(value, { syntax, depth: 1 })}`)
  const { whole, event } = readInPython[call.api]
  const streamed = isStreamed(call) && event !== undefined
  return `# pip install ${pack}
import os

from ${pack} import ${name}

client = ${name}(base_url=${syntax.text(base!)}, api_key=os.environ["RIWAQ_API_KEY"])

${streamed ? 'stream' : 'answer'} = client.${methods[call.api]}${spreadOut(members, { open: '(', close: ')', syntax, depth: 0 })}
${streamed ? `for event in stream:\n    ${event}` : whole}
`
}

const writers: Record<Language, Writer> = { curl, python: writePython, typescript: writeTypeScript }

export const program = ({ language, ...input }: ProgramInput): string => writers[language](input)
