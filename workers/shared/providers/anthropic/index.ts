// Anthropic by its official client, which never retries (metering's business) and reads no answer (ours).
import type { LanguageVendor, VendorOptions } from '../spec/vendor.ts'
import { createAnthropicModel } from './language.ts'
import { createNativePost } from './native-post.ts'
import { createPost } from './post.ts'

export function createAnthropic(options: VendorOptions): LanguageVendor {
  const post = createPost(options)
  const sendNative = createNativePost(options)
  return {
    language: (modelId, traits) => createAnthropicModel({ modelId, traits, post, sendNative, secret: options.apiKey }),
  }
}
