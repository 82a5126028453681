// Which parameters make no sense for an API or a model, so that they are greyed out before anything is sent.
import type { Model } from '../../api/models.ts'
import { efforts } from './draft.ts'
import type { Api, Draft } from './draft.ts'

export type Parameter = Exclude<keyof Draft, 'api' | 'model' | 'embeddingModel' | 'moderationModel' | 'turns' | 'extra'>

type Ability = Model['abilities'][number]

/** Which field of the draft names the model, and of what kind it has to be. */
export const modelFields = {
  chat: { field: 'model', kind: 'language' },
  responses: { field: 'model', kind: 'language' },
  messages: { field: 'model', kind: 'language' },
  embeddings: { field: 'embeddingModel', kind: 'embedding' },
  moderations: { field: 'moderationModel', kind: 'moderation' },
} as const satisfies Record<Api, { field: keyof Draft; kind: Model['kind'] }>

const answering: readonly Parameter[] = [
  'system',
  'temperature',
  'topP',
  'maxTokens',
  'stream',
  'effort',
  'schema',
  'tools',
  'fallbacks',
  'cache',
]

const takenBy: Record<Api, readonly Parameter[]> = {
  chat: [...answering, 'stop', 'seed'],
  responses: answering,
  messages: [...answering, 'stop'],
  embeddings: ['cache'],
  moderations: [],
}

const needs: Partial<Record<Parameter, Ability>> = {
  temperature: 'temperature',
  topP: 'temperature',
  stop: 'stop',
  seed: 'seed',
  effort: 'effort',
  schema: 'json-schema',
  tools: 'tools',
}

/** `abilities` is null where nothing is known of the model: then whatever the API takes may be tried. */
export function lackOf({
  parameter,
  api,
  abilities,
}: {
  parameter: Parameter
  api: Api
  abilities: readonly Ability[] | null
}): 'api' | 'model' | null {
  if (!takenBy[api].includes(parameter)) return 'api'
  const need = needs[parameter]
  return need && abilities && !abilities.includes(need) ? 'model' : null
}

/** Anthropic’s API has no words for not reasoning at all. */
export const effortsOf = (api: Api) =>
  efforts.filter((effort) => api !== 'messages' || (effort !== 'none' && effort !== 'minimal'))

export const takesConversation = (api: Api): boolean => api !== 'embeddings' && api !== 'moderations'
