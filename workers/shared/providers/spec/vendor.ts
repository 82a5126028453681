import type { ModelTraits } from '#shared/contracts/model'
import type { LanguageModel } from './language-model.ts'

/** A vendor whose key is set. `modelId` is what the vendor calls the model. */
export interface LanguageVendor {
  language(modelId: string, traits: ModelTraits): LanguageModel
}

/** What every adapter is given instead of reaching for globals. */
export interface VendorOptions {
  apiKey: string
  baseURL?: string
  fetch?: typeof fetch
}
