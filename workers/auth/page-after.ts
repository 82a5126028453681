// Pages over rows whose ids grow with time: the cursor is the last id that was shown.
import { invalidCursor } from '#shared/http/problems'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'

export function placeOf(list: string, cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  const place = decodeCursor(list, cursor)
  if (place === null) throw invalidCursor()
  return place
}

/** `rows` holds one more than the page where there is another page. */
export function toPage<T extends { id: string }>(
  list: string,
  rows: T[],
  limit: number,
): { data: T[]; nextCursor: string | null } {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, nextCursor: rows.length > limit && last ? encodeCursor(list, last.id) : null }
}
