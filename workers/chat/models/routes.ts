// GET /v1/models and /v1/models/:id. Anyone may read them: they are the price list.
import { z } from 'zod'
import { notFound } from '#shared/http/problems'
import { parseWith } from '#shared/http/validate'
import type { ChatCollaborators, ChatRequest } from '../context.ts'
import { registriesOfCaller } from '../own-keys/registries-of-caller.ts'
import { toAnthropicModel, toAnthropicModels, toModelResponse, toModelsResponse } from './to-models-response.ts'

const AnthropicPage = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(20),
  after_id: z.string().optional(),
  before_id: z.string().optional(),
})

const asksAnthropic = (c: ChatRequest): boolean => c.req.header('anthropic-version') !== undefined

/** An organization that brings keys of its own sees what those open, at no price. */
const languageOf = async (c: ChatRequest, outside: ChatCollaborators) =>
  (await registriesOfCaller(c, outside))?.language ?? outside.modelsOf(c.env)

export async function listModels(c: ChatRequest, outside: ChatCollaborators): Promise<Response> {
  const models = (await languageOf(c, outside)).list()
  if (!asksAnthropic(c)) return c.json(toModelsResponse(models))
  const { limit, after_id: afterId } = parseWith(AnthropicPage, c.req.query())
  return c.json(toAnthropicModels(models, { limit, afterId: afterId ?? null }))
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
  const { model } = (await languageOf(c, outside)).resolve(idOf(c))
  return c.json(asksAnthropic(c) ? toAnthropicModel(model) : toModelResponse(model))
}
