// What a moderation model is shown of a request: everything but what a model had said.
import type { LanguageMessage, LanguageRequest } from '#shared/providers/spec/language-model'

function textsOf(message: LanguageMessage): string[] {
  if (message.role === 'assistant') return []
  return (message.content as readonly LanguageMessage['content'][number][]).flatMap((part) => {
    if (part.type === 'text') return [part.text]
    if (part.type === 'tool-result') return part.content.flatMap((inner) => (inner.type === 'text' ? [inner.text] : []))
    return []
  })
}

/** One text for each message that has any. */
export const moderatedTexts = ({ messages }: LanguageRequest): string[] =>
  messages.map((message) => textsOf(message).join('\n')).filter((text) => text.trim() !== '')
