// A fresh platform sells at once: where no plan was ever written, the first ones are. What is there is left as it is.
import { creditPacks, creditPackVersions, plans, planVersions } from '#db/schema/billing'
import { seedPacks } from '#db/seed/credit-packs'
import { seedPlans } from '#db/seed/plans'
import type { BillingSystem } from '../context.ts'

const seeded = new WeakSet<object>()

export async function ensureSeeds({ ctx }: { ctx: Pick<BillingSystem, 'db' | 'clock'> }): Promise<void> {
  const { db, clock } = ctx
  if (seeded.has(db)) return
  const [[plan], [pack]] = await db.batch([
    db.select({ id: plans.id }).from(plans).limit(1),
    db.select({ id: creditPacks.id }).from(creditPacks).limit(1),
  ])
  const createdAt = clock()
  const statements = [
    ...(plan ? [] : seedPlans).flatMap(({ id, body }, position) => [
      db.insert(planVersions).values({ planId: id, version: 1, body, createdAt }).onConflictDoNothing(),
      db.insert(plans).values({ id, version: 1, position }).onConflictDoNothing(),
    ]),
    ...(pack ? [] : seedPacks).flatMap(({ id, body }, position) => [
      db.insert(creditPackVersions).values({ packId: id, version: 1, body, createdAt }).onConflictDoNothing(),
      db.insert(creditPacks).values({ id, version: 1, position }).onConflictDoNothing(),
    ]),
  ]
  const [first, ...rest] = statements
  if (first) await db.batch([first, ...rest])
  seeded.add(db)
}
