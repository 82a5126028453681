// What must be true of a request before it may cost anything, and how large it can become.
import { sizeRequest } from '#shared/catalog/estimate-tokens'
import type { Ability, CatalogModel, VendorId } from '#shared/contracts/model'
import { Problem, unsupportedParameter } from '#shared/http/problems'
import type { CallSize } from '#shared/metering/hold'
import type { PricedModel } from '#shared/metering/metered-call'
import { hasPart, senses } from '#shared/providers/kit/fit-request'
import type { LanguageRequest } from '#shared/providers/spec/language-model'

interface Need {
  ability: Ability
  parameter: string
  needed: (request: LanguageRequest) => boolean
  what: string
  /** Absent: of every vendor's models. */
  of?: VendorId
}

/** Only what changes the meaning of an answer is refused; a setting that a model lacks is the adapter's warning. */
const needs: Need[] = [
  ...senses.map(({ ability, type, what }): Need => ({
    ability,
    parameter: 'messages',
    needed: (request) => hasPart(request, type),
    what,
  })),
  { ability: 'tools', parameter: 'tools', needed: (request) => (request.tools?.length ?? 0) > 0, what: 'use tools' },
  {
    ability: 'long-cache',
    parameter: 'cache_control',
    needed: (request) => request.longCache === true,
    what: 'keep a prompt for an hour at a price that is known here',
    // To the others a mark of the cache means nothing.
    of: 'anthropic',
  },
]

export function checkAbilities(model: CatalogModel, request: LanguageRequest): void {
  for (const { ability, parameter, needed, what, of } of needs) {
    if (of !== undefined && of !== model.vendor) continue
    if (!model.abilities.includes(ability) && needed(request))
      throw unsupportedParameter(parameter, `The model ${model.id} cannot ${what}.`)
  }
}

export interface SizeInput {
  model: PricedModel
  request: LanguageRequest
  /** Answers in one call. */
  answers?: number
  /** Text that goes to the provider but is not in the request. */
  extraCharacters?: number
}

export function sizeOf({ model, request, answers = 1, extraCharacters = 0 }: SizeInput): CallSize {
  const { expected, ceiling, audioCeiling } = sizeRequest(request, model)
  const promptTokens = expected + Math.ceil(extraCharacters / 4)
  const promptTokensCeiling = ceiling + extraCharacters
  if (promptTokens > model.contextTokens) {
    throw new Problem(
      'context_length_exceeded',
      `The prompt is about ${promptTokens} tokens long; ${model.id} reads at most ${model.contextTokens}.`,
      {
        param: 'messages',
        facts: { prompt_tokens: promptTokens, context_window: model.contextTokens },
      },
    )
  }
  // Where the caller does not say how much, what the window has left is all that can come.
  const room = request.maxOutputTokens ?? Math.max(1, model.contextTokens - promptTokens)
  return {
    promptTokens,
    promptTokensCeiling,
    maxOutputTokens: Math.min(room, model.maxOutputTokens),
    answers,
    ...(audioCeiling > 0 && { audioTokensCeiling: audioCeiling }),
    ...(request.longCache && { longCache: true }),
  }
}
