// The operator's questions to the database, each answered from an index (a test reads their plans). Days, not entries:
// however many calls there were, a month is some rows for each organization and model.
import { vendorIds } from '#shared/contracts/model'

export const REVENUE = `SELECT currency, purpose, SUM(paid_minor) AS paid, SUM(refunded_minor) AS refunded FROM invoices
  WHERE paid_at >= ?1 AND paid_at < ?2 GROUP BY 1, 2 ORDER BY 1, 2`

export const DAYS = `SELECT day, SUM(charged_micros) AS charged, SUM(cost_micros) AS cost, SUM(uncosted_micros) AS uncosted
  FROM usage_days WHERE day >= ?1 AND day < ?2 GROUP BY 1 ORDER BY 1`

export const BY_MODEL = `SELECT model, provider, SUM(requests) AS requests, SUM(charged_micros) AS charged,
  SUM(cost_micros) AS cost FROM usage_days WHERE day >= ?1 AND day < ?2 GROUP BY 1, 2 ORDER BY charged DESC, 1, 2`

export const BY_PLAN = `SELECT plan_id AS plan, COUNT(DISTINCT organization_id) AS organizations,
  SUM(charged_micros) AS charged, SUM(cost_micros) AS cost
  FROM usage_days WHERE day >= ?1 AND day < ?2 GROUP BY 1 ORDER BY charged DESC, 1`

export const TOP_SPENDERS = `SELECT organization_id AS organizationId, SUM(charged_micros) AS charged,
  SUM(cost_micros) AS cost FROM usage_days WHERE day >= ?1 AND day < ?2 GROUP BY 1 ORDER BY charged DESC, 1 LIMIT ?3`

/** As they are now. */
export const SUBSCRIBERS = `SELECT status, COUNT(*) AS count FROM subscriptions
  WHERE status IN ('active', 'trialing', 'past_due', 'unpaid') GROUP BY 1`

/** What was never paid has not begun. */
export const STARTED = `SELECT COUNT(*) AS count FROM subscriptions
  WHERE created_at >= ?1 AND created_at < ?2 AND status NOT IN ('incomplete', 'incomplete_expired')`

export const CHURNED = `SELECT COUNT(*) AS count FROM subscriptions
  WHERE ended_at >= ?1 AND ended_at < ?2 AND status <> 'incomplete_expired'`

/** Invoices of the time whose payment failed at least once, whatever became of them. */
export const FAILED = `SELECT COUNT(*) AS count FROM invoices
  WHERE status IN ('open', 'uncollectible', 'void', 'paid') AND created_at >= ?1 AND created_at < ?2
    AND attempts > (status = 'paid')`

export const COUNTED = `SELECT provider, substr(day, 1, 7) AS month, SUM(cost_micros) AS counted FROM usage_days
  WHERE day >= ?1 AND day < ?2 AND provider <> '' GROUP BY 1, 2`

export const BILLED = `SELECT provider, month, billed_micros AS billed, note FROM provider_invoices
  WHERE provider IN (${vendorIds.map((vendor) => `'${vendor}'`).join(', ')}) AND month >= ?1 AND month <= ?2`
