// Anthropic by its official client, which never retries (metering's business) and reads no answer (ours).
import { createTokenCount } from '../kit/count-tokens.ts'
import type { LanguageVendor, VendorOptions } from '../spec/vendor.ts'
import { createAnthropicModel } from './language.ts'
import { createNativePost } from './native-post.ts'
import { createPost } from './post.ts'

export function createAnthropic(options: VendorOptions): LanguageVendor {
  const post = createPost(options)
  const sendNative = createNativePost(options)
  const count = createTokenCount({
    post: createNativePost(options, '/v1/messages/count_tokens'),
    vendor: 'Anthropic',
    secret: options.apiKey,
  })
  return {
    language: (modelId, traits) =>
      createAnthropicModel({ modelId, traits, post, sendNative, count, secret: options.apiKey }),
  }
}
