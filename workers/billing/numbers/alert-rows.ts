// At which shares of its included credit an organization wants to be told, and what it was told.

/** Of an organization that has not decided. */
export const USUAL_PERCENTS: readonly number[] = [80, 100]

export interface ToldShare {
  percent: number
  noticeId: string
  at: number
  sentAt: number | null
}

export function createAlertRows(database: D1Database) {
  async function percentsOf({ organizationId }: { organizationId: string }): Promise<number[]> {
    const row = await database
      .prepare('SELECT percents FROM usage_alerts WHERE organization_id = ?')
      .bind(organizationId)
      .first<{ percents: string }>()
    return row ? (JSON.parse(row.percents) as number[]) : [...USUAL_PERCENTS]
  }

  async function set(input: { organizationId: string; percents: number[]; at: number }): Promise<void> {
    await database
      .prepare(
        `INSERT INTO usage_alerts (organization_id, percents, updated_at) VALUES (?1, ?2, ?3)
        ON CONFLICT DO UPDATE SET percents = excluded.percents, updated_at = excluded.updated_at`,
      )
      .bind(input.organizationId, JSON.stringify(input.percents), input.at)
      .run()
  }

  async function told({
    organizationId,
    periodStart,
  }: {
    organizationId: string
    periodStart: number
  }): Promise<ToldShare[]> {
    const { results } = await database
      .prepare(
        `SELECT percent, notice_id AS noticeId, at, sent_at AS sentAt FROM usage_alerts_told
        WHERE organization_id = ? AND period_start = ? ORDER BY percent`,
      )
      .bind(organizationId, periodStart)
      .all<ToldShare>()
    return results
  }

  /** The first who comes names the notice: whoever comes after tells of it by the same name. */
  async function claim(input: {
    organizationId: string
    periodStart: number
    percents: number[]
    noticeId: string
    at: number
  }): Promise<void> {
    const { organizationId, periodStart, percents, noticeId, at } = input
    await database
      .prepare(
        `INSERT INTO usage_alerts_told (organization_id, period_start, percent, notice_id, at)
        SELECT ?1, ?2, value, ?3, ?4 FROM json_each(?5) WHERE true ON CONFLICT DO NOTHING`,
      )
      .bind(organizationId, periodStart, noticeId, at, JSON.stringify(percents))
      .run()
  }

  async function sent(input: {
    organizationId: string
    periodStart: number
    noticeId: string
    at: number
  }): Promise<void> {
    await database
      .prepare(
        `UPDATE usage_alerts_told SET sent_at = ?4
        WHERE organization_id = ?1 AND period_start = ?2 AND notice_id = ?3 AND sent_at IS NULL`,
      )
      .bind(input.organizationId, input.periodStart, input.noticeId, input.at)
      .run()
  }

  return { percentsOf, set, told, claim, sent }
}
