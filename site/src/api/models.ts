import type { Model, ModelList } from '#shared/contracts/models'
import { api } from './client.ts'

export type { Model }

/** The catalogue. Prices are micros per million units. */
export const listModels = async (signal?: AbortSignal): Promise<Model[]> =>
  (await api.get<ModelList>('/v1/models', { signal })).data

/** Those that answer; not those that make vectors or judge. */
export const listLanguageModels = async (signal?: AbortSignal): Promise<Model[]> =>
  (await listModels(signal)).filter(({ kind }) => kind === 'language')
