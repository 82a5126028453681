// The book's sums by day, as an organization reads them. Kept by a trigger, they are as new as the book: some seconds.
import type { SeriesBy } from '#shared/contracts/usage'

export interface Sums {
  requests: number
  chargedMicros: number
  inputTokens: number
  outputTokens: number
}

export interface Stretch {
  organizationId: string
  /** Only this member's. */
  userId?: string | undefined
  /** Days: the first, and the one after the last. */
  from: string
  to: string
}

interface GroupedInput extends Stretch {
  by: SeriesBy
  /** Of this one alone. */
  group?: string | undefined
}

export interface GroupSums extends Sums {
  group: string
}

export interface PointSums extends Sums {
  day: string
  /** Null: of everything that is none of the groups named. */
  group: string | null
}

const columnOf: Record<SeriesBy, string> = { model: 'model', service: 'service', key: 'key_id', member: 'user_id' }

const SUMS = `SUM(requests) AS requests, SUM(charged_micros) AS chargedMicros, SUM(input_tokens) AS inputTokens,
  SUM(output_tokens) AS outputTokens`

function where({ organizationId, userId, from, to, by, group }: Stretch & Partial<GroupedInput>) {
  const conditions = ['organization_id = ?', 'day >= ?', 'day < ?']
  const values: string[] = [organizationId, from, to]
  if (userId !== undefined) {
    conditions.push('user_id = ?')
    values.push(userId)
  }
  if (group !== undefined && by) {
    conditions.push(`${columnOf[by]} = ?`)
    values.push(group)
  }
  return { text: conditions.join(' AND '), values }
}

export type BookDays = ReturnType<typeof createBookDays>

export function createBookDays(database: D1Database) {
  /** The dearest groups, and their sums. */
  async function groups({ limit, ...asked }: GroupedInput & { limit: number }): Promise<GroupSums[]> {
    const { text, values } = where(asked)
    const { results } = await database
      .prepare(
        `SELECT ${columnOf[asked.by]} AS "group", ${SUMS} FROM usage_person_days WHERE ${text}
        GROUP BY 1 ORDER BY chargedMicros DESC, requests DESC, 1 LIMIT ?`,
      )
      .bind(...values, limit)
      .all<GroupSums>()
    return results
  }

  /** A row for each day and named group; what is of no named group is one row a day. */
  async function points({ named, ...asked }: GroupedInput & { named: string[] }): Promise<PointSums[]> {
    const { text, values } = where(asked)
    const column = columnOf[asked.by]
    const list = named.map(() => '?').join(', ')
    const { results } = await database
      .prepare(
        `SELECT day, CASE WHEN ${column} IN (${list}) THEN ${column} END AS "group", ${SUMS} FROM usage_person_days
        WHERE ${text} GROUP BY 1, 2 ORDER BY 1, 2`,
      )
      .bind(...named, ...values)
      .all<PointSums>()
    return results
  }

  /** What was charged on each day. */
  async function daily(asked: Stretch): Promise<{ day: string; chargedMicros: number }[]> {
    const { text, values } = where(asked)
    const { results } = await database
      .prepare(
        `SELECT day, SUM(charged_micros) AS chargedMicros FROM usage_person_days WHERE ${text} GROUP BY 1 ORDER BY 1`,
      )
      .bind(...values)
      .all<{ day: string; chargedMicros: number }>()
    return results
  }

  /** To the millisecond, for the part of a day that a period begins with. */
  async function between({
    organizationId,
    userId,
    from,
    to,
  }: {
    organizationId: string
    userId?: string | undefined
    from: number
    to: number
  }): Promise<number> {
    const mine = userId === undefined ? '' : 'AND user_id = ?'
    const row = await database
      .prepare(
        `SELECT 0 - COALESCE(SUM(amount_micros), 0) AS micros FROM ledger_entries
        WHERE organization_id = ? AND at >= ? AND at < ? ${mine}
          AND (kind = 'charge' OR (kind = 'adjustment' AND request_id IS NOT NULL))`,
      )
      .bind(organizationId, from, to, ...(userId === undefined ? [] : [userId]))
      .first<{ micros: number }>()
    return row?.micros ?? 0
  }

  return { groups, points, daily, between }
}
