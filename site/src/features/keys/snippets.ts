// Ready programs for a new key. They are code: left to right and in English on every page.
export const snippetLanguages = ['curl', 'python', 'typescript', 'anthropic-python', 'anthropic-typescript'] as const
export type SnippetLanguage = (typeof snippetLanguages)[number]

export const snippetNames: Record<SnippetLanguage, string> = {
  curl: 'curl',
  python: 'Python · openai',
  typescript: 'TypeScript · openai',
  'anthropic-python': 'Python · anthropic',
  'anthropic-typescript': 'TypeScript · @anthropic-ai/sdk',
}

interface SnippetInput {
  language: SnippetLanguage
  /** Where the platform is: `location.origin`. */
  origin: string
  key: string
  model: string
  /** What the example asks, in the reader's language. */
  question: string
}

// A JSON string is a valid literal in each of these languages.
const literal = (text: string): string => JSON.stringify(text)
const inSingleQuotes = (text: string): string => text.replaceAll("'", `'\\''`)

const writers: Record<SnippetLanguage, (input: Omit<SnippetInput, 'language'>) => string> = {
  curl: ({ origin, key, model, question }) => {
    const body = `{"model": ${literal(model)}, "messages": [{"role": "user", "content": ${literal(question)}}]}`
    return `curl ${origin}/v1/chat/completions \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '${inSingleQuotes(body)}'`
  },
  python: ({ origin, key, model, question }) => `# pip install openai
from openai import OpenAI

client = OpenAI(base_url=${literal(`${origin}/v1`)}, api_key=${literal(key)})
answer = client.chat.completions.create(
    model=${literal(model)},
    messages=[{"role": "user", "content": ${literal(question)}}],
)
print(answer.choices[0].message.content)`,
  typescript: ({ origin, key, model, question }) => `// npm install openai
import OpenAI from 'openai'

const client = new OpenAI({ baseURL: ${literal(`${origin}/v1`)}, apiKey: ${literal(key)} })
const answer = await client.chat.completions.create({
  model: ${literal(model)},
  messages: [{ role: 'user', content: ${literal(question)} }],
})
console.log(answer.choices[0].message.content)`,
  'anthropic-python': ({ origin, key, model, question }) => `# pip install anthropic
from anthropic import Anthropic

client = Anthropic(base_url=${literal(origin)}, api_key=${literal(key)})
answer = client.messages.create(
    model=${literal(model)},
    max_tokens=1024,
    messages=[{"role": "user", "content": ${literal(question)}}],
)
print(answer.content[0].text)`,
  'anthropic-typescript': ({ origin, key, model, question }) => `// npm install @anthropic-ai/sdk
import Anthropic from '@anthropic-ai/sdk'

const client = new Anthropic({ baseURL: ${literal(origin)}, apiKey: ${literal(key)} })
const answer = await client.messages.create({
  model: ${literal(model)},
  max_tokens: 1024,
  messages: [{ role: 'user', content: ${literal(question)} }],
})
console.log(answer.content)`,
}

export const snippet = ({ language, ...input }: SnippetInput): string => writers[language](input)
