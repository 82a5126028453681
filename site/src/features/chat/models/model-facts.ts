import type { Model } from '../../../api/models.ts'
import type { Locale } from '../../../i18n/locales.ts'
import { formatMoney } from '../../../i18n/format-number.ts'
import type { Translate } from '../../../i18n/translate.ts'

/** What a person chooses by; the rest of a model's abilities matters to programs. */
export const shownAbilities = ['vision', 'tools', 'reasoning'] as const

/** Only models with a price can be called, and only those for language answer. */
export const callable = (models: readonly Model[]): Model[] =>
  models.filter((model) => model.price !== null && model.kind === 'language')

export const onlySandbox = (models: readonly Model[]): boolean =>
  models.length > 0 && models.every((model) => model.sandbox)

/** `chosen` is kept even where it is not listed any more: the platform's refusal says why. */
export function modelInUse({
  chosen,
  remembered,
  models,
}: {
  chosen: string | null
  remembered: string | null
  models: readonly Model[]
}): string | null {
  if (chosen) return chosen
  if (remembered && models.some((model) => model.id === remembered)) return remembered
  return models[0]?.id ?? null
}

export const modelSees = (models: readonly Model[], id: string | null): boolean =>
  models.find((model) => model.id === id)?.abilities.includes('vision') ?? true

export const modelName = (models: readonly Model[], id: string): string =>
  models.find((model) => model.id === id)?.name ?? id

/** "$1.25 in · $10.00 out" for a million tokens. */
export function priceSentence({ locale, t, model }: { locale: Locale; t: Translate; model: Model }): string {
  const prices = model.price?.prices
  const [input, output] = [prices?.input_tokens, prices?.output_tokens]
  if (input === 0 && output === 0) return t('chat.model-free')
  const money = (micros: number | undefined) => (micros === undefined ? '—' : formatMoney(locale, micros))
  return t('chat.model-price', { input: money(input), output: money(output) })
}

export function cheapest(models: readonly Model[]): Model | null {
  const costOf = (model: Model) =>
    (model.price?.prices.input_tokens ?? Infinity) + (model.price?.prices.output_tokens ?? Infinity)
  return callable(models).reduce<Model | null>(
    (best, model) => (best && costOf(best) <= costOf(model) ? best : model),
    null,
  )
}

const ownerNames: Record<string, string> = {
  openai: 'OpenAI',
  anthropic: 'Anthropic',
  google: 'Google',
  mistral: 'Mistral',
  deepseek: 'DeepSeek',
  xai: 'xAI',
  groq: 'Groq',
  'workers-ai': 'Cloudflare Workers AI',
  riwaq: 'Riwaq',
}

export const ownerName = (owner: string): string => ownerNames[owner] ?? owner

export interface ModelGroup {
  owner: string
  models: Model[]
}

/** By maker, in the order of the catalogue, which has the suggested ones first. */
export function groupModels(models: readonly Model[], search: string): ModelGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const groups = new Map<string, Model[]>()
  for (const model of models) {
    const text = `${model.id} ${model.name} ${model.owned_by}`.toLowerCase()
    if (!words.every((word) => text.includes(word))) continue
    groups.set(model.owned_by, [...(groups.get(model.owned_by) ?? []), model])
  }
  return [...groups].map(([owner, own]) => ({ owner, models: own }))
}
