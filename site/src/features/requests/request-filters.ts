// What a reader of the log has chosen, and how it is asked for.
export const times = ['any', 'hour', 'day', 'week'] as const
export type Time = (typeof times)[number]
export const outcomes = ['any', 'ok', 'error'] as const
export type Outcome = (typeof outcomes)[number]

export interface Filters {
  outcome: Outcome
  time: Time
  model: string
  /** '' is any. */
  keyId: string
  userId: string
}

export const noFilters: Filters = { outcome: 'any', time: 'any', model: '', keyId: '', userId: '' }

export const isFiltered = (filters: Filters): boolean =>
  (Object.keys(noFilters) as (keyof Filters)[]).some((name) => filters[name] !== noFilters[name])

const HOUR = 3_600_000
const lengths: Record<Exclude<Time, 'any'>, number> = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR }

export interface RequestQuery {
  status?: string
  from?: string
  model?: string
  key_id?: string
  user_id?: string
}

export function toQuery({ outcome, time, model, keyId, userId }: Filters, now: number): RequestQuery {
  return {
    ...(outcome !== 'any' && { status: outcome }),
    ...(time !== 'any' && { from: new Date(now - lengths[time]).toISOString() }),
    ...(model.trim() !== '' && { model: model.trim() }),
    ...(keyId !== '' && { key_id: keyId }),
    ...(userId !== '' && { user_id: userId }),
  }
}
