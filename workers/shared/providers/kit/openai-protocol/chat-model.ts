// A language model behind OpenAI's chat completions, given a way to post. The official client posts; who constructs it
// is the vendor's folder.
import type { ModelTraits } from '#shared/contracts/model'
import type { LanguageModel, LanguageRequest, Warning } from '../../spec/language-model.ts'
import { fitRequest } from '../fit-request.ts'
import { inlineImages, inlineImagesOfBody } from '../inline-images.ts'
import { fromList } from '../from-list.ts'
import type { Post } from '../post-json.ts'
import { openJsonEvents } from '../read-json-events.ts'
import { fromChunks, fromDocument } from './from-chunks.ts'
import { toNativeBody } from './native-body.ts'
import type { Quirks } from './quirks.ts'
import { toChatCompletionsBody } from './to-request.ts'

const withoutPromptCache = ({ key, retention }: NonNullable<LanguageRequest['promptCache']>): Warning[] =>
  [key !== undefined && 'prompt_cache_key', retention !== undefined && 'prompt_cache_retention']
    .filter((parameter) => parameter !== false)
    .map((parameter) => ({ parameter, message: 'has no effect on this model' }))

interface ChatModelOptions {
  modelId: string
  traits: ModelTraits
  quirks: Quirks
  post: Post
  /** Sends what a caller of this dialect wrote; `post` where absent. */
  sendNative?: Post
  /** Kept out of every error. */
  secret?: string
  /** For images that the vendor does not fetch. */
  fetch?: typeof fetch
}

export const createChatModel = ({
  modelId,
  traits,
  quirks,
  post,
  sendNative = post,
  secret,
  fetch,
}: ChatModelOptions): LanguageModel => ({
  async stream(asked, { signal }) {
    signal.throwIfAborted()
    const { request: fitted, warnings } = fitRequest(asked, traits)
    const request = quirks.fetchesImages ? fitted : await inlineImages(fitted, { fetch, signal })
    if (request.promptCache && !quirks.promptCache) warnings.push(...withoutPromptCache(request.promptCache))
    const response = await post(toChatCompletionsBody({ model: modelId, request, quirks }), { signal })
    const from = { vendor: quirks.label, secret }
    const { events, document } = await openJsonEvents({ response, signal, ...from })
    return { events: document ? fromList(fromDocument(document, from)) : fromChunks(events, from), warnings }
  },
  ...(quirks.native && {
    native: {
      dialect: 'openai-chat' as const,
      takesUnknownParameters: quirks.unknownParameters ?? false,
      async send(body, options) {
        const { signal } = options
        const whole = quirks.fetchesImages ? body : await inlineImagesOfBody(body, { fetch, signal })
        return sendNative(toNativeBody(whole, quirks), options)
      },
    },
  }),
})
