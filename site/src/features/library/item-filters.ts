// What a person has chosen to see of the library, and how it is asked for.
import type { ItemSource, MediaKind } from '#shared/contracts/library'

// The contract's own lists would bring its validator into the page.
export const kinds = ['image', 'video', 'audio', 'design', 'file'] as const satisfies readonly MediaKind[]
export const sources = ['generated', 'edited', 'uploaded'] as const satisfies readonly ItemSource[]
export const orientations = ['landscape', 'portrait', 'square'] as const

export const views = ['all', 'favourites', 'collections', 'shared', 'deleted'] as const
export type View = (typeof views)[number]

export type Orientation = (typeof orientations)[number]
export const periods = ['any', 'day', 'week', 'month', 'year'] as const
export type Period = (typeof periods)[number]

export interface Filters {
  view: View
  /** Words; empty for any. Every other '' is any as well. */
  q: string
  kind: MediaKind | ''
  source: ItemSource | ''
  model: string
  tag: string
  orientation: Orientation | ''
  owner: 'me' | 'others' | ''
  period: Period
  /** The collection that is open. */
  collection: string
  order: 'newest' | 'oldest'
}

export const noFilters: Filters = {
  view: 'all',
  q: '',
  kind: '',
  source: '',
  model: '',
  tag: '',
  orientation: '',
  owner: '',
  period: 'any',
  collection: '',
  order: 'newest',
}

/** What narrows a view; the view itself, its collection and the order do not. */
const narrowing = ['q', 'kind', 'source', 'model', 'tag', 'orientation', 'owner', 'period'] as const

export const isNarrowed = (filters: Filters): boolean => narrowing.some((name) => filters[name] !== noFilters[name])

/** Everything that narrows is taken back; where one is stays. */
export const widened = (filters: Filters): Filters => ({
  ...noFilters,
  view: filters.view,
  collection: filters.collection,
  order: filters.order,
})

const DAY = 86_400_000
const lengths: Record<Exclude<Period, 'any'>, number> = { day: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY }

export interface ItemQuery {
  q?: string
  kind?: string
  source?: string
  model?: string
  tag?: string
  orientation?: string
  collection?: string
  favourite?: boolean
  owner?: string
  shared?: boolean
  from?: number
  deleted?: boolean
  order?: string
}

export function toQuery(filters: Filters, now: number): ItemQuery {
  const { view, q, kind, source, model, tag, orientation, owner, period, collection, order } = filters
  return {
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(kind !== '' && { kind }),
    ...(source !== '' && { source }),
    ...(model !== '' && { model }),
    ...(tag !== '' && { tag }),
    ...(orientation !== '' && { orientation }),
    ...(owner !== '' && { owner }),
    ...(period !== 'any' && { from: now - lengths[period] }),
    ...(collection !== '' && { collection }),
    ...(view === 'favourites' && { favourite: true }),
    ...(view === 'shared' && { shared: true }),
    ...(view === 'deleted' && { deleted: true }),
    ...(order !== 'newest' && { order }),
  }
}

const oneOf = <T extends string>(values: readonly T[], text: string | null): T | null =>
  values.find((value) => value === text) ?? null

/** As they stand in the page's address, so that a view can be reloaded, kept and sent. */
export function filtersIn(search: string): Filters {
  const asked = new URLSearchParams(search)
  return {
    view: oneOf(views, asked.get('view')) ?? 'all',
    q: (asked.get('q') ?? '').slice(0, 200),
    kind: oneOf(kinds, asked.get('kind')) ?? '',
    source: oneOf(sources, asked.get('source')) ?? '',
    model: (asked.get('model') ?? '').slice(0, 200),
    tag: (asked.get('tag') ?? '').slice(0, 40),
    orientation: oneOf(orientations, asked.get('orientation')) ?? '',
    owner: oneOf(['me', 'others'] as const, asked.get('owner')) ?? '',
    period: oneOf(periods, asked.get('period')) ?? 'any',
    collection: /^[\w-]{1,64}$/.test(asked.get('collection') ?? '') ? (asked.get('collection') ?? '') : '',
    order: oneOf(['newest', 'oldest'] as const, asked.get('order')) ?? 'newest',
  }
}

/** Only what differs from the usual, so that the plain page has a plain address. */
export function searchOf(filters: Filters): string {
  const search = new URLSearchParams()
  for (const name of Object.keys(noFilters) as (keyof Filters)[])
    if (filters[name] !== noFilters[name]) search.set(name, filters[name])
  const text = search.toString()
  return text === '' ? '' : `?${text}`
}
