// The house's events → OpenAI's stream, one server-sent event for each.
import type { ChatCompletionChunk } from '#shared/contracts/chat-completions'
import type { Usage } from '#shared/lib/money'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { dataEvent } from '../server-sent-events.ts'
import type { EventWriter } from '../dialect.ts'
import type { AnswerIdentity } from '../answer-identity.ts'
import { toChatFinishReason } from './to-answer.ts'
import { toChatUsage } from './usage.ts'

type Choice = ChatCompletionChunk['choices'][number]

export function createEventWriter(identity: AnswerIdentity, { includeUsage }: { includeUsage: boolean }): EventWriter {
  const { id, model, at } = identity
  const created = Math.floor(at / 1000)

  const chunk = (choices: Choice[], usage: Usage | null = null): string => {
    const body: ChatCompletionChunk = { id, object: 'chat.completion.chunk', created, model, choices }
    return dataEvent(includeUsage ? { ...body, usage: usage && toChatUsage(usage) } : body)
  }
  const delta = (part: Choice['delta'], reason: Choice['finish_reason'] = null): string =>
    chunk([{ index: 0, delta: part, finish_reason: reason, logprobs: null }])

  return {
    begin: () => delta({ role: 'assistant', content: '' }),
    write(event: Exclude<LanguageEvent, { type: 'finish' }>): string {
      switch (event.type) {
        case 'text-delta':
          return delta({ content: event.text })
        case 'reasoning-delta':
          return delta({ reasoning_content: event.text })
        // OpenAI's own stream has no seals; who sends the message back as it came sends this along.
        case 'reasoning-signature':
          return delta({ reasoning_signature: event.signature })
        case 'tool-call-start':
          return delta({
            tool_calls: [
              { index: event.index, id: event.id, type: 'function', function: { name: event.name, arguments: '' } },
            ],
          })
        case 'tool-call-delta':
          return delta({ tool_calls: [{ index: event.index, function: { arguments: event.input } }] })
      }
    },
    end: (finish, usage) =>
      `${delta({}, toChatFinishReason[finish.reason])}${includeUsage ? chunk([], usage) : ''}data: [DONE]\n\n`,
  }
}
