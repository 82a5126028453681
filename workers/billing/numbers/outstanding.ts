// What each organization has left, by where it came from. Only its ledger knows; what it said is kept here, so that the
// sum of all is one question. Whatever changes credit is an entry: its row is marked, and asked about again, each
// organization once a minute at the most. A row that is not marked is what its ledger says.
import type { Credits } from '#shared/contracts/ledger'

/** No ledger is asked more often than this. */
export const ASK_EVERY_MS = 60_000

export interface OutstandingSums {
  included: number
  promotion: number
  bought: number
}

export const sumsOf = ({ lots }: Pick<Credits, 'lots'>): OutstandingSums => {
  const sums: OutstandingSums = { included: 0, promotion: 0, bought: 0 }
  // Overage is owed to the operator, not by them.
  for (const { source, remainingMicros } of lots) if (source !== 'overage') sums[source] += remainingMicros
  return sums
}

const MARK = `INSERT INTO credit_outstanding (organization_id, changed_at) SELECT value, ?1 FROM json_each(?2) WHERE true
  ON CONFLICT DO UPDATE SET changed_at = max(coalesce(changed_at, 0), excluded.changed_at)`

export const DUE = `SELECT organization_id AS organizationId FROM credit_outstanding
  WHERE changed_at IS NOT NULL AND asked_at <= ? ORDER BY asked_at LIMIT ?`

// What changed after the ledger was asked stays marked; an older answer never replaces a newer one.
const KEEP = `INSERT INTO credit_outstanding (organization_id, included_micros, promotion_micros, bought_micros, asked_at)
  VALUES (?1, ?2, ?3, ?4, ?5)
  ON CONFLICT DO UPDATE SET included_micros = excluded.included_micros, promotion_micros = excluded.promotion_micros,
    bought_micros = excluded.bought_micros, asked_at = excluded.asked_at,
    changed_at = CASE WHEN changed_at > excluded.asked_at THEN changed_at END
  WHERE excluded.asked_at >= asked_at`

export const TOTAL = `SELECT COALESCE(SUM(included_micros), 0) AS included, COALESCE(SUM(promotion_micros), 0) AS promotion,
  COALESCE(SUM(bought_micros), 0) AS bought FROM credit_outstanding`

export function createOutstanding(database: D1Database) {
  async function mark({ organizationIds, at }: { organizationIds: string[]; at: number }): Promise<void> {
    await database.prepare(MARK).bind(at, JSON.stringify(organizationIds)).run()
  }

  const ids = (results: { organizationId: string }[]) => results.map(({ organizationId }) => organizationId)

  /** Those whose ledgers are to be asked, the longest unasked first. */
  async function due({ at, limit }: { at: number; limit: number }): Promise<string[]> {
    const asked = await database
      .prepare(DUE)
      .bind(at - ASK_EVERY_MS, limit)
      .all<{ organizationId: string }>()
    return ids(asked.results)
  }

  /** All of them in the order of their ids, for a run that asks every ledger. */
  async function after({ organizationId, limit }: { organizationId: string; limit: number }): Promise<string[]> {
    const found = await database
      .prepare(
        'SELECT organization_id AS organizationId FROM credit_outstanding WHERE organization_id > ? ORDER BY 1 LIMIT ?',
      )
      .bind(organizationId, limit)
      .all<{ organizationId: string }>()
    return ids(found.results)
  }

  /** `askedAt`: before the ledger was asked. */
  async function keep({
    organizationId,
    askedAt,
    credits,
  }: {
    organizationId: string
    askedAt: number
    credits: Pick<Credits, 'lots'>
  }): Promise<void> {
    const { included, promotion, bought } = sumsOf(credits)
    await database.prepare(KEEP).bind(organizationId, included, promotion, bought, askedAt).run()
  }

  return { mark, due, after, keep }
}
