import type { UnitPrices } from '#shared/lib/money'
import { api } from './client.ts'

/** One row of the catalogue as `GET /v1/models` answers it. Prices are micros per million units. */
export interface Model {
  id: string
  name: string
  owned_by: string
  context_window: number | null
  max_output_tokens: number | null
  abilities: string[]
  price: UnitPrices
}

export const listModels = async (signal?: AbortSignal): Promise<Model[]> => (await api.get<{ data: Model[] }>('/v1/models', { signal })).data
