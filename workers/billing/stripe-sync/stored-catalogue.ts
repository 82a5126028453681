// What is sold as it stands in the database, and the rows that say which price sells what. For a program that reaches
// the database by statements alone.
import { z } from 'zod'
import { seedPacks } from '#db/seed/credit-packs'
import { seedPlans } from '#db/seed/plans'
import { Catalogue, Coupon } from './catalogue.ts'
import type { SyncedPrice } from './sync-prices.ts'

export const readPlans =
  'SELECT p.id, p.version, v.body FROM plans p JOIN plan_versions v ON v.plan_id = p.id AND v.version = p.version WHERE p.archived = 0 ORDER BY p.position, p.id'
export const readPacks =
  'SELECT p.id, p.version, v.body FROM credit_packs p JOIN credit_pack_versions v ON v.pack_id = p.id AND v.version = p.version WHERE p.archived = 0 ORDER BY p.position, p.id'

const Row = z.object({ id: z.string(), version: z.number(), body: z.string() })
const Rows = z.array(Row)

const toItem = ({ body, ...row }: z.infer<typeof Row>) => ({ ...row, body: JSON.parse(body) as unknown })

export const readCoupons = (coupons: unknown): Coupon[] => z.array(Coupon).parse(coupons)

/** What a fresh platform begins with: it is written to the database when it is first asked for. */
export const seedCatalogue = (coupons: Coupon[]): Catalogue =>
  Catalogue.parse({
    plans: seedPlans.map(({ id, body }) => ({ id, version: 1, body })),
    creditPacks: seedPacks.map(({ id, body }) => ({ id, version: 1, body })),
    coupons,
  })

export function storedCatalogue({
  plans,
  packs,
  coupons,
}: {
  plans: unknown
  packs: unknown
  coupons: Coupon[]
}): Catalogue {
  const [storedPlans, storedPacks] = [Rows.parse(plans), Rows.parse(packs)]
  const seed = seedCatalogue(coupons)
  return Catalogue.parse({
    plans: storedPlans.length > 0 ? storedPlans.map(toItem) : seed.plans,
    creditPacks: storedPacks.length > 0 ? storedPacks.map(toItem) : seed.creditPacks,
    coupons,
  })
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** Of the meter's price the row keeps the amount of a million micros. */
const amountOf = ({ amount }: SyncedPrice['wanted']): number =>
  'minor' in amount ? amount.minor : Math.round(Number(amount.decimal) * 1e6)

export const priceStatements = (prices: readonly SyncedPrice[]): string[] =>
  prices.flatMap(({ id, wanted }) => [
    `DELETE FROM stripe_prices WHERE id = ${quoted(id)};`,
    `INSERT INTO stripe_prices (id, product_id, kind, item_id, version, interval, currency, amount_minor, active) VALUES (${[
      quoted(id),
      quoted(wanted.product),
      quoted(wanted.kind),
      quoted(wanted.item),
      wanted.version,
      quoted(wanted.interval),
      quoted(wanted.currency),
      amountOf(wanted),
      1,
    ].join(
      ', ',
    )}) ON CONFLICT (kind, item_id, version, interval, currency) DO UPDATE SET id = excluded.id, product_id = excluded.product_id, amount_minor = excluded.amount_minor, active = 1;`,
  ])
