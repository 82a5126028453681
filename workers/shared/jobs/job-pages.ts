// Lists of jobs, newest first: ids made later sort later.
import { and, eq, inArray, type SQL } from 'drizzle-orm'
import type { JobTable } from '#db/job-table'
import { invalidCursor } from '../http/problems.ts'
import { decodeCursor, encodeCursor } from '../lib/cursor.ts'
import type { JobList, StoredJob } from './types.ts'

interface Paged {
  where: SQL
  before: string | null
  limit: number
}

interface PagesOptions<Input> {
  select(page: Paged): Promise<StoredJob<Input>[]>
  table: JobTable
}

function placeOf(list: string, cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  const place = decodeCursor(list, cursor)
  if (place === null) throw invalidCursor()
  return place
}

export function jobPages<Input>({ select, table }: PagesOptions<Input>) {
  async function page(name: string, where: SQL, { limit, cursor }: { limit: number; cursor?: string }) {
    const rows = await select({ where, before: placeOf(name, cursor), limit: limit + 1 })
    const data = rows.slice(0, limit)
    const last = data.at(-1)
    return { data, nextCursor: rows.length > limit && last ? encodeCursor(name, last.id) : null }
  }

  return {
    list: ({ organizationId, userId, states, limit, cursor }: JobList) =>
      page(
        'jobs',
        and(
          eq(table.organizationId, organizationId),
          userId === undefined ? undefined : eq(table.userId, userId),
          states === undefined ? undefined : inArray(table.state, [...states]),
        )!,
        { limit, cursor },
      ),
    deadLetters: (query: { limit: number; cursor?: string }) => page('dead-letters', eq(table.dead, true), query),
  }
}
