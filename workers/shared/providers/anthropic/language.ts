import type { ModelTraits } from '#shared/contracts/model'
import { fitRequest } from '../kit/fit-request.ts'
import { fromList } from '../kit/from-list.ts'
import type { Post } from '../kit/post-json.ts'
import { openJsonEvents } from '../kit/read-json-events.ts'
import type { LanguageModel, NativeEndpoint } from '../spec/language-model.ts'
import { fromDocument, fromEvents } from './from-events.ts'
import { toNativeBody } from './native-body.ts'
import { toMessagesBody } from './to-request.ts'

export const createAnthropicModel = (input: {
  modelId: string
  traits: ModelTraits
  post: Post
  /** Sends what a caller of this dialect wrote. */
  sendNative: Post
  count: NonNullable<NativeEndpoint['countTokens']>
  secret: string
}): LanguageModel => ({
  async stream(asked, { signal }) {
    signal.throwIfAborted()
    const { modelId, traits, post, secret } = input
    const { request, warnings } = fitRequest(asked, traits)
    const response = await post(toMessagesBody({ model: modelId, request, traits, warnings }), { signal })
    const { events, document } = await openJsonEvents({ response, signal, vendor: 'Anthropic', secret })
    return { events: document ? fromList(fromDocument(document)) : fromEvents(events, secret), warnings }
  },
  native: {
    dialect: 'anthropic-messages',
    send: async (body, options) => input.sendNative(toNativeBody(body, input.traits), options),
    countTokens: async (body, options) => input.count(toNativeBody(body, input.traits), options),
  },
})
