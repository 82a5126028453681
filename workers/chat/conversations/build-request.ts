// A branch of a conversation as a model is asked it.
import type { ContextTurn } from '#shared/contracts/conversation-object'
import type { CatalogModel } from '#shared/contracts/model'
import type { LanguageMessage, LanguageRequest, TextPart } from '#shared/providers/spec/language-model'
import { partsOf, type Pictures } from './attachments.ts'
import { systemPrompt } from './system-prompt.ts'

const text = (content: string): TextPart => ({ type: 'text', text: content })

/** Turns of one speaker in a row (an answer between them failed) become one message: not every vendor takes two. */
function toMessages(turns: ContextTurn[], pictures: Pictures): LanguageMessage[] {
  const messages: Extract<LanguageMessage, { role: 'user' | 'assistant' }>[] = []
  for (const turn of turns) {
    if (turn.role === 'summary') continue
    const last = messages.at(-1)
    if (turn.role === 'assistant') {
      if (last?.role === 'assistant') last.content.push(text(turn.content))
      else messages.push({ role: 'assistant', content: [text(turn.content)] })
      continue
    }
    const content = [...partsOf(turn, pictures), text(turn.content)]
    if (last?.role === 'user') last.content.push(...content)
    else messages.push({ role: 'user', content })
  }
  return messages
}

export const languageOf = (turns: ContextTurn[]): string | null =>
  turns.findLast((turn) => turn.role === 'user')?.language ?? null

export function buildRequest({
  turns,
  model,
  now,
  endUser,
  pictures = new Map(),
}: {
  turns: ContextTurn[]
  model: CatalogModel
  now: number
  endUser: string
  /** What is shown for the pictures that the turns name. */
  pictures?: Pictures
}): LanguageRequest {
  const summary = turns.find((turn) => turn.role === 'summary')
  const instructions = [text(systemPrompt({ model, language: languageOf(turns), now }))]
  if (summary)
    instructions.push(
      text(`The conversation began before the messages below. Summary of that part:\n${summary.content}`),
    )
  const messages = toMessages(turns, pictures)
  // Where a summary ends between a question and its answer, the answer needs something to answer to.
  if (messages[0]?.role === 'assistant')
    messages.unshift({ role: 'user', content: [text('(Earlier messages are summarised above.)')] })
  return { messages: [{ role: 'system', content: instructions }, ...messages], endUser }
}
