// Pages of a list, newest first, as Stripe cuts them.
import { noSuch } from './errors.ts'

export interface ListQuery {
  limit?: number
  starting_after?: string
  ending_before?: string
  created?: number | { gt?: number; gte?: number; lt?: number; lte?: number }
}

export interface ListPage<T> {
  object: 'list'
  url: string
  has_more: boolean
  data: T[]
}

function isOfTime(created: number, wanted: ListQuery['created']): boolean {
  if (wanted === undefined) return true
  if (typeof wanted === 'number') return created === wanted
  return (
    created > (wanted.gt ?? -Infinity) &&
    created >= (wanted.gte ?? -Infinity) &&
    created < (wanted.lt ?? Infinity) &&
    created <= (wanted.lte ?? Infinity)
  )
}

function positionOf(items: { id: string }[], id: string, param: string): number {
  const position = items.findIndex((item) => item.id === id)
  if (position === -1) throw noSuch('object', id, param)
  return position
}

export function pageOf<T extends { id: string }>({
  items,
  query,
  url,
}: {
  items: T[]
  query: ListQuery
  url: string
}): ListPage<T> {
  const limit = query.limit ?? 10
  const wanted = items.filter(
    (item) => !('created' in item) || typeof item.created !== 'number' || isOfTime(item.created, query.created),
  )
  if (query.ending_before !== undefined) {
    const before = wanted.slice(0, positionOf(wanted, query.ending_before, 'ending_before'))
    return { object: 'list', url, has_more: before.length > limit, data: before.slice(-limit) }
  }
  const from = query.starting_after === undefined ? 0 : positionOf(wanted, query.starting_after, 'starting_after') + 1
  return { object: 'list', url, has_more: wanted.length > from + limit, data: wanted.slice(from, from + limit) }
}
