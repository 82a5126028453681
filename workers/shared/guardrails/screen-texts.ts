// An organization's rules on what is sent to a model, applied to texts that are no conversation.
import type { LanguageRequest } from '#shared/providers/spec/language-model'
import type { Guard } from './guard-types.ts'

export const toScreenedRequest = (texts: readonly string[]): LanguageRequest => ({
  messages: texts.map((text) => ({ role: 'user', content: [{ type: 'text', text }] })),
})

/** The texts as they may be sent: the same where nothing was masked. Throws `content_rejected`. */
export function screenTexts(texts: readonly string[], guard: Guard | null): readonly string[] {
  if (!guard || texts.length === 0) return texts
  const asked = toScreenedRequest(texts)
  const screened = guard.screen(asked)
  if (screened === asked) return texts
  return screened.messages.map(({ content }) => content.map((part) => (part.type === 'text' ? part.text : '')).join(''))
}
