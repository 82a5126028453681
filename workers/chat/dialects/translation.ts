// A caller's request in the house's words, with what was lost on the way.
import type { Problem } from '#shared/http/problems'
import type { LanguageRequest, Warning } from '#shared/providers/spec/language-model'

export interface Translation {
  request: LanguageRequest
  /** What has no effect on a model of another vendor, but does no harm. */
  warnings: Warning[]
  /** What only a vendor of the caller's own dialect can do: refused where the model is another's. */
  untranslatable: Problem | null
  /** Characters that go to a vendor of the caller's dialect, but are not in `request`. */
  extraCharacters: number
}
