// A model by its full id, or by the vendor's own name where only one vendor of those that are configured has it. One
// that is there but made for something else is told apart from one that is not there.
import { kindOf, type CatalogModel, type ModelKind } from '../contracts/model.ts'
import { invalidRequest, Problem } from '../http/problems.ts'

export const addressOf: Record<ModelKind, string> = {
  language: 'POST /v1/chat/completions, /v1/messages or /v1/responses',
  embedding: 'POST /v1/embeddings',
  moderation: 'POST /v1/moderations',
  image: 'POST /v1/images/generations or /v1/images/edits',
}

const nameOf: Record<ModelKind, string> = {
  language: 'a language model',
  embedding: 'an embedding model',
  moderation: 'a moderation model',
  image: 'a model that makes pictures',
}

const modelNotFound = (id: string, why: string) =>
  new Problem('model_not_found', `There is no model “${id.slice(0, 200)}” here. ${why}`, { param: 'model' })

/** `id` names a model, but one that this address does not call. */
export const wrongKind = (model: CatalogModel): Problem =>
  invalidRequest(`“${model.id}” is ${nameOf[kindOf(model)]}: call it by ${addressOf[kindOf(model)]}.`, 'model')

const isNamed = (id: string) => (model: CatalogModel) => model.id === id || model.upstream === id

export interface ModelFinder {
  find(id: string): CatalogModel
}

/** `configured`: what can be called here. `known`: also what could, and what is of another kind. */
export function createModelFinder({
  kind,
  configured,
  known,
}: {
  kind: ModelKind
  configured: readonly CatalogModel[]
  known: readonly CatalogModel[]
}): ModelFinder {
  const callable = configured.filter((model) => kindOf(model) === kind)
  return {
    find(id) {
      const exact = callable.find((model) => model.id === id)
      if (exact) return exact
      const candidates = callable.filter((model) => model.upstream === id)
      if (candidates.length === 1) return candidates[0]!
      if (candidates.length > 1)
        throw invalidRequest(`“${id}” is ambiguous: say ${candidates.map((model) => model.id).join(' or ')}.`, 'model')
      const other = known.find((model) => kindOf(model) !== kind && isNamed(id)(model))
      if (other) throw wrongKind(other)
      const elsewhere = known.find(isNamed(id))
      throw modelNotFound(
        id,
        elsewhere
          ? `Its vendor (${elsewhere.vendor}) is not configured on this platform.`
          : 'GET /v1/models lists those that there are.',
      )
    },
  }
}
