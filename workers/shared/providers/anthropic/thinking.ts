// How hard to think. Newer models decide themselves and take an effort; older ones are given a number of tokens.
import type { ModelTraits } from '#shared/contracts/model'
import { budgetOf, effortOf } from '../kit/reasoning-budget.ts'
import type { LanguageMessage, LanguageRequest, Warning } from '../spec/language-model.ts'

/** The least that Anthropic takes, and what must be left for the answer itself. */
const LEAST_BUDGET = 1_024
const ROOM_TO_ANSWER = 1_024

export interface Thinking {
  on: boolean
  fields: Record<string, unknown>
  effort?: string
}

const off: Thinking = { on: false, fields: {} }
const disabled: Thinking = { on: false, fields: { thinking: { type: 'disabled' } } }

function withBudget(input: { wanted: number; maxTokens: number; warnings: Warning[] }): Thinking {
  const budget = Math.min(Math.max(input.wanted, LEAST_BUDGET), input.maxTokens - ROOM_TO_ANSWER)
  if (budget < LEAST_BUDGET) {
    input.warnings.push({
      parameter: 'reasoning',
      message: 'max_tokens leaves no room for reasoning; it was left out.',
    })
    return off
  }
  return { on: true, fields: { thinking: { type: 'enabled', budget_tokens: budget } } }
}

/** Whether the model is in the midst of using a tool and its thoughts before that are not there any more. */
function hasLostItsThoughts(messages: LanguageMessage[]): boolean {
  const last = messages.at(-1)
  if (last?.role !== 'user' || !last.content.some((part) => part.type === 'tool-result')) return false
  const before = messages.findLast((message) => message.role === 'assistant')
  return !before?.content.some((part) => part.type === 'reasoning' && part.signature)
}

export function toThinking(input: {
  request: LanguageRequest
  traits: ModelTraits
  maxTokens: number
  warnings: Warning[]
}): Thinking {
  const { request, traits, maxTokens, warnings } = input
  const effort = request.reasoning?.effort
  const budgetTokens = request.reasoning?.budgetTokens
  if (effort === undefined && budgetTokens === undefined) return off
  const asked = effort ?? effortOf(budgetTokens!)
  if (asked === 'none') return disabled
  const forced = request.toolChoice === 'required' || typeof request.toolChoice === 'object'
  if (forced) {
    warnings.push({
      parameter: 'reasoning',
      message: 'Anthropic does not reason where a call of a tool is forced; it was left out.',
    })
    return off
  }
  if (!traits.abilities.includes('effort') && hasLostItsThoughts(request.messages)) {
    warnings.push({
      parameter: 'reasoning',
      message: 'Anthropic does not go on reasoning after a call of a tool whose own reasoning was not sent back.',
    })
    return off
  }
  if (!traits.abilities.includes('effort'))
    return withBudget({ wanted: budgetTokens ?? budgetOf(asked), maxTokens, warnings })
  // Newer models send their thoughts only where they are asked to.
  return {
    on: true,
    fields: { thinking: { type: 'adaptive', display: 'summarized' } },
    effort: asked === 'minimal' ? 'low' : asked,
  }
}
