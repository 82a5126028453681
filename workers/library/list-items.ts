import type { LibraryItem, LibraryQuery } from '#shared/contracts/library'
import { chooseLocale } from '#shared/http/choose-locale'
import { invalidCursor } from '#shared/http/problems'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'
import { getCollection } from './collections.ts'
import type { LibraryContext } from './context.ts'
import type { ListAsked } from './list-query.ts'
import { firstPositionOf, MAX_POSITION } from './position.ts'
import { shareUrls } from './share-urls.ts'
import { toLibraryItem } from './to-library-item.ts'

const placeOf = (moment: number | undefined, otherwise: number): number =>
  moment === undefined ? otherwise : Math.min(MAX_POSITION, Math.max(0, firstPositionOf(moment)))

const listName = ({ order }: LibraryQuery) => `library-${order}`

/** Where the page before ended. */
function rangeOf(query: LibraryQuery): { from: number; to: number } {
  const from = placeOf(query.from, 0)
  const to = placeOf(query.to, MAX_POSITION)
  if (query.cursor === undefined) return { from, to }
  const place = Number(decodeCursor(listName(query), query.cursor) ?? Number.NaN)
  if (!Number.isSafeInteger(place) || place < 0) throw invalidCursor()
  return query.order === 'newest' ? { from, to: Math.min(to, place) } : { from: Math.max(from, place + 1), to }
}

const toAsked = (query: LibraryQuery, { viewer }: LibraryContext): ListAsked => ({
  viewer,
  ...rangeOf(query),
  limit: query.limit + 1,
  order: query.order,
  text: query.q === '' ? undefined : query.q,
  kind: query.kind,
  source: query.source,
  model: query.model,
  orientation: query.orientation,
  tag: query.tag?.normalize('NFC').trim(),
  collectionId: query.collection,
  favourite: query.favourite,
  owner: query.owner,
  shared: query.shared,
  deleted: query.deleted,
})

export async function listItems({
  query,
  ctx,
}: {
  query: LibraryQuery
  ctx: LibraryContext
}): Promise<{ data: LibraryItem[]; next_cursor: string | null }> {
  if (query.collection !== undefined) await getCollection({ id: query.collection, ctx })
  const found = await ctx.items.list(toAsked(query, ctx))
  const page = found.slice(0, query.limit)
  const last = page.at(-1)
  const { viewer } = ctx
  const urls = shareUrls(ctx, chooseLocale(ctx.headers))
  return {
    data: await Promise.all(page.map((seen) => toLibraryItem(seen, { viewer, urls }))),
    next_cursor: found.length > query.limit && last ? encodeCursor(listName(query), last.item.position) : null,
  }
}
