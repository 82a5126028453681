// OpenAI by its official client. Retrying is metering's business, so the client never does; and it reads no answer:
// streams are ours to read, so that a body can also be passed on untouched.
import { createTokenCount } from '../kit/count-tokens.ts'
import { openAIQuirks } from '../kit/openai-protocol/quirks.ts'
import { createChatModel } from '../kit/openai-protocol/chat-model.ts'
import type { LanguageVendor, VendorOptions } from '../spec/vendor.ts'
import { createNativePost } from './native-post.ts'
import { createResponsesEndpoint } from './native-responses.ts'
import { createPost } from './post.ts'

export function createOpenAI(options: VendorOptions): LanguageVendor {
  const post = createPost(options)
  const sendNative = createNativePost(options)
  const sendResponses = createNativePost(options, '/responses')
  const count = createTokenCount({
    post: createNativePost(options, '/responses/input_tokens'),
    vendor: 'OpenAI',
    secret: options.apiKey,
  })
  return {
    language: (modelId, traits) => ({
      ...createChatModel({ modelId, traits, post, sendNative, quirks: openAIQuirks, secret: options.apiKey }),
      natives: [createResponsesEndpoint({ traits, post: sendResponses, count })],
    }),
  }
}
