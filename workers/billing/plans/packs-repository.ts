// Credit packs by version, as plans are.
import { and, asc, eq } from 'drizzle-orm'
import { creditPacks, creditPackVersions } from '#db/schema/billing'
import { CreditPackBody } from '#shared/contracts/plans'
import type { BillingSystem } from '../context.ts'
import { ensureSeeds } from './ensure-seeds.ts'
import type { StoredPack } from './stored-plan.ts'

type Asked = { ctx: Pick<BillingSystem, 'db' | 'clock'> }

const columns = {
  id: creditPacks.id,
  version: creditPackVersions.version,
  position: creditPacks.position,
  archived: creditPacks.archived,
  body: creditPackVersions.body,
}

const toPack = ({ body, ...row }: Omit<StoredPack, 'body'> & { body: unknown }): StoredPack => ({
  ...row,
  body: CreditPackBody.parse(body),
})

export async function listPacks({
  withArchived = false,
  ctx,
}: Asked & { withArchived?: boolean }): Promise<StoredPack[]> {
  await ensureSeeds({ ctx })
  const rows = await ctx.db
    .select(columns)
    .from(creditPacks)
    .innerJoin(
      creditPackVersions,
      and(eq(creditPackVersions.packId, creditPacks.id), eq(creditPackVersions.version, creditPacks.version)),
    )
    .where(withArchived ? undefined : eq(creditPacks.archived, false))
    .orderBy(asc(creditPacks.position), asc(creditPacks.id))
  return rows.map(toPack)
}

/** Absent: the version that is sold. */
export async function findPack({
  packId,
  version,
  ctx,
}: Asked & { packId: string; version?: number }): Promise<StoredPack | null> {
  await ensureSeeds({ ctx })
  const [row] = await ctx.db
    .select(columns)
    .from(creditPacks)
    .innerJoin(
      creditPackVersions,
      and(
        eq(creditPackVersions.packId, creditPacks.id),
        eq(creditPackVersions.version, version ?? creditPacks.version),
      ),
    )
    .where(eq(creditPacks.id, packId))
    .limit(1)
  return row ? toPack(row) : null
}
