// The generated file's text, one model a line so that a price change is one line of a diff, and that diff in words.
import type { GeneratedCatalog, GeneratedModel } from './from-price-source.ts'

export const toCatalogText = ({ models, ...provenance }: GeneratedCatalog): string =>
  `${JSON.stringify(provenance).slice(0, -1)},"models":[\n${models.map((model) => JSON.stringify(model)).join(',\n')}\n]}\n`

const perMillion = (model: GeneratedModel): string =>
  `${(model.price?.prices.input_tokens ?? 0) / 1_000_000} / ${(model.price?.prices.output_tokens ?? 0) / 1_000_000}`

/** One line for each model that came, went or changed. Empty where nothing did. */
export function describeChanges(before: GeneratedCatalog, after: GeneratedCatalog): string[] {
  const old = new Map(before.models.map((model) => [model.id, model]))
  const fresh = new Set(after.models.map((model) => model.id))
  const changes: string[] = []
  for (const model of after.models) {
    const previous = old.get(model.id)
    if (!previous) changes.push(`+ ${model.id}: $${perMillion(model)} per million`)
    else if (JSON.stringify(previous.price) !== JSON.stringify(model.price))
      changes.push(`~ ${model.id}: $${perMillion(previous)} → $${perMillion(model)} per million`)
    else if (JSON.stringify(previous) !== JSON.stringify(model)) changes.push(`~ ${model.id}: limits or abilities`)
  }
  return [...changes, ...before.models.filter((model) => !fresh.has(model.id)).map((model) => `- ${model.id}`)]
}
