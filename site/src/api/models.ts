import type { Model, ModelList } from '#shared/contracts/models'
import { api } from './client.ts'

export type { Model }

/** The catalogue. Prices are micros per million units. */
export const listModels = async (signal?: AbortSignal): Promise<Model[]> =>
  (await api.get<ModelList>('/v1/models', { signal })).data
