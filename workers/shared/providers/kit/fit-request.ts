// Fits a request to what a model can. A setting that only shades the answer is dropped and said (a warning);
// one without which the answer would be another thing is refused (a 400). Names are those of the wire.
import { reasoningEfforts, type Ability, type ModelTraits } from '#shared/contracts/model'
import { unsupportedParameter } from '#shared/http/problems'
import type { LanguageRequest, ReasoningEffort, Warning } from '../spec/language-model.ts'

type Setting = keyof LanguageRequest

/** What a model must be able to take for a request to mean to it what it means. */
export const senses = [
  { ability: 'vision', type: 'image', what: 'see images' },
  { ability: 'audio-input', type: 'audio', what: 'hear sounds' },
  { ability: 'file-input', type: 'file', what: 'read files' },
] as const satisfies { ability: Ability; type: string; what: string }[]

export const hasPart = (request: LanguageRequest, type: (typeof senses)[number]['type']): boolean =>
  request.messages.some(
    (message) =>
      message.role === 'user' &&
      message.content.some(
        (part) =>
          part.type === type || (part.type === 'tool-result' && part.content.some((inner) => inner.type === type)),
      ),
  )

/** Setting → the ability it needs, and its name on the wire. */
const shades: [Setting, Ability, string][] = [
  ['temperature', 'temperature', 'temperature'],
  ['topP', 'temperature', 'top_p'],
  ['topK', 'top-k', 'top_k'],
  ['frequencyPenalty', 'penalties', 'frequency_penalty'],
  ['presencePenalty', 'penalties', 'presence_penalty'],
  ['seed', 'seed', 'seed'],
  ['stop', 'stop', 'stop'],
  ['parallelToolCalls', 'parallel-tools', 'parallel_tool_calls'],
  ['reasoning', 'reasoning', 'reasoning'],
  ['tools', 'tools', 'tools'],
  ['toolChoice', 'tools', 'tool_choice'],
  ['verbosity', 'verbosity', 'verbosity'],
]

function refuseWhatCannotBe(request: LanguageRequest, can: (ability: Ability) => boolean): void {
  const { toolChoice, responseFormat } = request
  for (const { ability, type, what } of senses)
    if (!can(ability) && hasPart(request, type))
      throw unsupportedParameter(
        'messages',
        `This model cannot ${what}. Leave them out, or choose a model with the ability ${ability}.`,
      )
  if (!can('tools') && toolChoice && toolChoice !== 'auto' && toolChoice !== 'none') {
    throw unsupportedParameter('tool_choice', 'This model has no tools, so it cannot be made to call one.')
  }
  if (responseFormat?.type === 'json-schema' && !can('json-schema')) {
    throw unsupportedParameter(
      'response_format',
      'This model cannot be held to a JSON Schema. Choose one with the ability json-schema.',
    )
  }
  if (responseFormat?.type === 'json' && !can('json') && !can('json-schema')) {
    throw unsupportedParameter('response_format', 'This model has no JSON mode. Choose one with the ability json.')
  }
}

/** The model's effort nearest to the one asked for; between two, the lower, because effort costs money. */
function nearestEffort(asked: ReasoningEffort, known: NonNullable<ModelTraits['efforts']>): ReasoningEffort {
  const rank = reasoningEfforts.indexOf(asked)
  const distance = (effort: ReasoningEffort) => Math.abs(reasoningEfforts.indexOf(effort) - rank)
  return known.reduce((best, effort) => (distance(effort) < distance(best) ? effort : best))
}

function fitEffort(request: LanguageRequest, traits: ModelTraits, warnings: Warning[]): LanguageRequest {
  const asked = request.reasoning?.effort
  if (!asked || !traits.efforts?.length || traits.efforts.includes(asked)) return request
  const effort = nearestEffort(asked, traits.efforts)
  warnings.push({
    parameter: 'reasoning_effort',
    message: `This model does not know the effort “${asked}”; “${effort}” was used.`,
  })
  return { ...request, reasoning: { ...request.reasoning, effort } }
}

export function fitRequest(
  request: LanguageRequest,
  traits: ModelTraits,
): { request: LanguageRequest; warnings: Warning[] } {
  const can = (ability: Ability) => traits.abilities.includes(ability)
  refuseWhatCannotBe(request, can)
  const warnings: Warning[] = []
  let fitted: LanguageRequest = { ...request }
  for (const [setting, ability, parameter] of shades) {
    if (fitted[setting] === undefined || can(ability)) continue
    delete fitted[setting]
    // Asking a model without reasoning or tools not to use them is what it does anyway.
    const moot =
      (setting === 'reasoning' && request.reasoning?.effort === 'none') ||
      (setting === 'toolChoice' && request.toolChoice !== undefined)
    if (!moot) warnings.push({ parameter, message: `This model does not take ${parameter}; it was left out.` })
  }
  fitted = fitEffort(fitted, traits, warnings)
  if (fitted.maxOutputTokens !== undefined && fitted.maxOutputTokens > traits.maxOutputTokens) {
    warnings.push({
      parameter: 'max_tokens',
      message: `This model writes at most ${traits.maxOutputTokens} tokens; that limit was used.`,
    })
    fitted.maxOutputTokens = traits.maxOutputTokens
  }
  return { request: fitted, warnings }
}
