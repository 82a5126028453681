// GET /v1/models and /v1/models/:id. Anyone may read them: they are the price list.
import { z } from 'zod'
import type { CatalogModel } from '#shared/contracts/model'
import { notFound } from '#shared/http/problems'
import { parseWith } from '#shared/http/validate'
import { embeddingModelsOf, type EmbeddingModels } from '#shared/providers/embedding-models'
import { imageCatalogOf, type ImageCatalog } from '#shared/providers/image-catalog'
import type { LanguageModels } from '#shared/providers/language-models'
import { moderationModelsOf, type ModerationModels } from '#shared/providers/moderation-models'
import type { ChatCollaborators, ChatRequest } from '../context.ts'
import { registriesOfCaller } from '../own-keys/registries-of-caller.ts'
import { refuseAccountHeaders } from '../vendor-headers.ts'
import { toAnthropicModel } from './to-anthropic-model.ts'
import { toAnthropicModels } from './to-anthropic-models.ts'
import { toModelResponse, toModelsResponse } from './to-models-response.ts'

const lifecycles = ['active', 'deprecated', 'retired'] as const

const AnthropicPage = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(20),
  after_id: z.string().min(1).optional(),
  before_id: z.string().min(1).optional(),
  lifecycle: z.array(z.enum(lifecycles)).max(3).default(['active', 'deprecated']),
})

const asksAnthropic = (c: ChatRequest): boolean => c.req.header('anthropic-version') !== undefined

interface Registries {
  language: LanguageModels
  embeddings: EmbeddingModels
  moderations: ModerationModels
  /** Another service makes pictures; this one says which can be had. */
  images: ImageCatalog
}

/** An organization that brings keys of its own sees what those open, at no price. */
async function registriesOf(c: ChatRequest, outside: ChatCollaborators): Promise<Registries> {
  const own = await registriesOfCaller(c, outside)
  return {
    language: own?.language ?? outside.modelsOf(c.env),
    embeddings: own?.embeddings ?? (outside.embeddingsOf ?? embeddingModelsOf)(c.env),
    moderations: own?.moderations ?? (outside.moderationsOf ?? moderationModelsOf)(c.env),
    images: own?.images ?? (outside.imagesOf ?? imageCatalogOf)(c.env),
  }
}

/** The sandbox comes last of each kind, and models that answer come first of all. */
const everyModel = ({ language, images, embeddings, moderations }: Registries): CatalogModel[] => [
  ...language.list(),
  ...images.list(),
  ...embeddings.list(),
  ...moderations.list(),
]

function readPage(c: ChatRequest) {
  refuseAccountHeaders(c.req.raw.headers)
  const { searchParams } = new URL(c.req.url)
  const said = [...searchParams.getAll('lifecycle'), ...searchParams.getAll('lifecycle[]')]
  return parseWith(AnthropicPage, {
    ...c.req.query(),
    lifecycle: said.length > 0 ? said.flatMap((each) => each.split(',')) : undefined,
  } as unknown as z.infer<typeof AnthropicPage>)
}

export async function listModels(c: ChatRequest, outside: ChatCollaborators): Promise<Response> {
  const registries = await registriesOf(c, outside)
  if (!asksAnthropic(c)) return c.json(toModelsResponse(everyModel(registries)))
  const { limit, after_id: afterId = null, before_id: beforeId = null, lifecycle } = readPage(c)
  // Its clients know no other kind, and whatever is listed can be called.
  const models = lifecycle.includes('active') ? registries.language.list() : []
  return c.json(toAnthropicModels(models, { limit, afterId, beforeId }))
}

function idOf(c: ChatRequest): string {
  try {
    return decodeURIComponent(new URL(c.req.url).pathname.slice('/v1/models/'.length))
  } catch {
    throw notFound('model')
  }
}

/** Ids contain slashes, so the id is all that follows; official clients send it percent-encoded or as it is. */
export async function getModel(c: ChatRequest, outside: ChatCollaborators): Promise<Response> {
  const id = idOf(c)
  const registries = await registriesOf(c, outside)
  const named = (model: CatalogModel) => model.id === id || model.upstream === id
  const { images, embeddings, moderations, language } = registries
  const other = [...images.list(), ...embeddings.list(), ...moderations.list()].find(named)
  const model = other ?? language.resolve(id).model
  return c.json(asksAnthropic(c) ? toAnthropicModel(model) : toModelResponse(model))
}
