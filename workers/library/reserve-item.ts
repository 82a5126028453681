// Room is taken before a byte is written, in the one statement that looks whether there is any: however many are kept at
// once, an organization never passes its quota.
import { getTableColumns, sql } from 'drizzle-orm'
import { libraryItems } from '#db/schema/library'
import type { ItemRow } from './item-row.ts'
import type { Database } from './item-rows.ts'
import { positionAt } from './position.ts'

const columns = Object.entries(getTableColumns(libraryItems))

/** What a second try may have made otherwise. */
const remade = [
  'media_type',
  'width',
  'height',
  'has_alpha',
  'bytes',
  'stored_bytes',
  'content_hash',
  'thumbhash',
  'web_type',
  'thumbnail_type',
  'orientation',
  'model',
  'provenance',
  'search_words',
  'search_facets',
  'updated_at',
]

const list = (parts: readonly string[]) => sql.raw(parts.join(', '))

function insertOf(row: ItemRow, quotaBytes: number | null) {
  const values = columns.map(([name, column]) => {
    const value = row[name as keyof ItemRow]
    return sql`${value === null ? null : column.mapToDriverValue(value)}`
  })
  const used = sql`coalesce((SELECT used_bytes FROM library_storage WHERE organization_id = ${row.organizationId}), 0)`
  const before = sql`coalesce((SELECT stored_bytes FROM library_items WHERE id = ${row.id} AND temporary = 0), 0)`
  const fits =
    quotaBytes === null || row.temporary ? sql`1` : sql`${used} - ${before} + ${row.storedBytes} <= ${quotaBytes}`
  return sql`INSERT INTO library_items (${list(columns.map(([, column]) => column.name))})
    SELECT ${sql.join(values, sql`, `)} WHERE ${fits}
    ON CONFLICT (id) DO UPDATE SET ${list(remade.map((name) => `${name} = excluded.${name}`))}
      WHERE state = 'storing' AND organization_id = excluded.organization_id
    RETURNING id`
}

const MOST_TRIES = 20

const isTakenPlace = (error: unknown): boolean => {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at.message.includes('library_items.position')) return true
  return false
}

/** False where there is no room, or where the item is not being written (any more). */
export async function reserveItem({
  row,
  quotaBytes,
  db,
  random,
}: {
  row: ItemRow
  quotaBytes: number | null
  db: Database
  random: () => number
}): Promise<boolean> {
  for (let tries = 1; ; tries++) {
    try {
      const inserted = await db.all<{ id: string }>(insertOf(row, quotaBytes))
      return inserted.length > 0
    } catch (error) {
      if (!isTakenPlace(error) || tries === MOST_TRIES) throw error
      row = { ...row, position: positionAt(row.createdAt, random()) }
    }
  }
}
