// Vendors that speak OpenAI's protocol, as rows of a table; and any server of the operator's own.
import { createChatModel } from '../kit/openai-protocol/chat-model.ts'
import type { Quirks } from '../kit/openai-protocol/quirks.ts'
import type { LanguageVendor, VendorOptions } from '../spec/vendor.ts'
import { createPost } from './post.ts'

/** What any server can be expected to understand. */
export const plainQuirks: Quirks = {
  label: 'The model’s server',
  maxTokens: 'max_tokens',
  streamOptions: true,
  seed: 'seed',
  endUser: 'user',
  requiredTool: 'required',
  reasoning: 'effort',
  reasoningBack: false,
  native: true,
  promptCache: false,
  // Ollama takes no addresses, and vLLM would fetch them from inside of the operator's network.
  fetchesImages: false,
}

export const compatibleVendors = {
  google: {
    baseURL: 'https://generativelanguage.googleapis.com/v1beta/openai',
    keyName: 'GEMINI_API_KEY',
    baseURLName: 'GEMINI_BASE_URL',
    // It refuses fields that it does not know, so a caller's own body is translated.
    quirks: { ...plainQuirks, label: 'Google', endUser: null, native: false },
  },
  mistral: {
    baseURL: 'https://api.mistral.ai/v1',
    keyName: 'MISTRAL_API_KEY',
    baseURLName: 'MISTRAL_BASE_URL',
    // It refuses `stream_options`, `user` and OpenAI's names for a seed and for "some tool".
    quirks: {
      ...plainQuirks,
      label: 'Mistral',
      streamOptions: false,
      seed: 'random_seed',
      endUser: null,
      requiredTool: 'any',
      native: false,
      fetchesImages: true,
    },
  },
  deepseek: {
    baseURL: 'https://api.deepseek.com/v1',
    keyName: 'DEEPSEEK_API_KEY',
    baseURLName: 'DEEPSEEK_BASE_URL',
    quirks: { ...plainQuirks, label: 'DeepSeek', reasoning: 'effort-and-switch', reasoningBack: true, endUser: null },
  },
  xai: {
    baseURL: 'https://api.x.ai/v1',
    keyName: 'XAI_API_KEY',
    baseURLName: 'XAI_BASE_URL',
    quirks: { ...plainQuirks, label: 'xAI', maxTokens: 'max_completion_tokens', fetchesImages: true },
  },
  groq: {
    baseURL: 'https://api.groq.com/openai/v1',
    keyName: 'GROQ_API_KEY',
    baseURLName: 'GROQ_BASE_URL',
    quirks: { ...plainQuirks, label: 'Groq', maxTokens: 'max_completion_tokens', fetchesImages: true },
  },
} as const satisfies Record<string, { baseURL: string; keyName: string; baseURLName: string; quirks: Quirks }>

export type CompatibleVendorId = keyof typeof compatibleVendors

interface CompatibleOptions extends VendorOptions {
  baseURL: string
  quirks?: Quirks
}

/** An empty key sends none: a server on one's own machine asks for nothing. */
export function createCompatible({
  quirks = { ...plainQuirks, unknownParameters: true },
  ...options
}: CompatibleOptions): LanguageVendor {
  const post = createPost({ ...options, label: quirks.label })
  const { fetch } = options
  return {
    language: (modelId, traits) =>
      createChatModel({ modelId, traits, post, quirks, fetch, secret: options.apiKey || undefined }),
  }
}
